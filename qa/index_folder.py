"""The folder that a bot's index comes from, and the encoder that its questions need."""

from __future__ import annotations

from pathlib import Path

from qa.encoder import SentenceEncoder
from qa.errors import IndexMismatchError, InputError
from qa.index import Index, current_build, load_encoder, load_index, save_encoder
from qa.protocols import Encoder
from qa.question_encoder import QuestionEncoder


class IndexFolder:
    """An index on disk, opened the same way every time: with `encoder`, or with its own if None."""

    def __init__(self, path: Path, encoder: Encoder | None = None) -> None:
        self.path = path
        self._encoder = encoder

    def current_build(self) -> str | None:
        """The id of the build in use; cheap. Raises IndexDamagedError."""
        return current_build(self.path)

    def open(self, at_hand: Encoder | None = None) -> tuple[Index, Encoder]:
        """The index, and the encoder of its questions. Raises as `qa.open` does."""
        index = load_index(self.path)
        return index, self.encoder_of(index, at_hand)

    def encoder_of(self, index: Index, at_hand: Encoder | None = None) -> Encoder:
        """The encoder of an index in this folder.

        The exported one where there is one, which loads fastest; else `at_hand`, where it fits;
        else the one that the index names, from its own files.
        """
        encoder = self._encoder or self._own(index, at_hand)
        check_encoder(index, encoder, self.path)
        return encoder

    def export(self, encoder: Encoder) -> None:
        """Put the exported form of `encoder` beside the builds. Raises EncoderError, InputError."""
        # It needs torch, which asking does without.
        from qa.encoder_export import export_encoder

        if not isinstance(encoder, SentenceEncoder):
            raise InputError(
                f"the encoder {encoder.name} cannot be exported: it is no SentenceEncoder",
                hint="build without light",
            )
        save_encoder(self.path, encoder.sha256, lambda folder: export_encoder(encoder, folder))

    def _own(self, index: Index, at_hand: Encoder | None) -> Encoder:
        exported = load_encoder(self.path, index.encoder_sha256)
        if exported is not None:
            return QuestionEncoder(exported)
        if at_hand is not None and at_hand.sha256 == index.encoder_sha256:
            return at_hand
        return SentenceEncoder(index.encoder_name)


def check_encoder(index: Index, encoder: Encoder, folder: Path) -> None:
    """Raise IndexMismatchError unless `encoder` is the one that the index was built with."""
    if encoder.sha256 != index.encoder_sha256:
        raise IndexMismatchError(
            f"{folder} was built with the encoder {index.encoder_name} of SHA-256 "
            f"{index.encoder_sha256}; {encoder.name} at hand has {encoder.sha256}",
            hint=f"build it again: qa build SOURCE --index {folder}",
        )
