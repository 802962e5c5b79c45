"""What the model card says of every run: what the data are, what the reader is for, its limits."""

from __future__ import annotations

_SQUAD = "CC BY-SA 4.0"
# By the name that --source gives a file, or that a run gives to what it made itself.
SOURCES = {
    "squad": (
        "SQuAD 1.1 and 2.0, training sets",
        "questions that people wrote about paragraphs of Wikipedia, answerable and not",
        f"{_SQUAD}; its paragraphs: Wikipedia, CC BY-SA 3.0 and 4.0",
    ),
    "qed": (
        "QED, a part of Natural Questions (Google)",
        "queries that people typed into a search engine, with paragraphs of Wikipedia",
        "CC BY-SA 3.0; its paragraphs: Wikipedia, CC BY-SA 3.0",
    ),
    "written": (
        "`training/articles/`",
        "questions that we wrote about made-up articles of our own, half of them in other words, "
        "answerable and not",
        "Apache-2.0",
    ),
    "retrieved negatives": (
        "retrieved negatives",
        "training questions with passages that our retrieval ranks high and that lack the answer",
        "as the data above",
    ),
    "contrasts": (
        "contrasts",
        "answerable examples with one thing exchanged, a year or name of the question or the "
        'title of the passage; nearly all are then "no answer"',
        "as the data above",
    ),
}

# By the models that the first run started from, as `run.json` names them.
START = {
    "": "",  # the base model itself
    "reader-warm-start": """
It did not start from the base model itself but from a warm start: the base model after one epoch
over the training set of SQuAD 1.1. **That epoch had seen every training article once, also those
that the runs held aside to calibrate on.** The calibration may therefore be a little too sure of
itself. The measurements on the development articles, which none of them was trained on, check it.
""",
}
OTHER_START = """
It did not start from the base model itself but from `{base}`. What that one had learned from before
is not recorded here, and may have been the articles that the runs held aside to calibrate on.
"""

CALIBRATION = """\
Articles of the training set that this run held aside (one in sixteen, by the hash of their title)
are where the weights of `reader.json`, its confidence and its threshold come from, by
`python -m training.calibrate`; `reader.json` says how many questions of them there were."""

MEANS = """\
The weights are the mean of those of {names} ("model soups", Wortsman et al., 2022).

"""

STOPPED = " Ended after step {step:,} of {steps:,}."

RESTORED = """\
`restored` is the reader as it was bundled before that run, with its weights read back from 8 bits.

"""

AGAIN = """\
Their mean was bundled first; then it was read back from 8 bits in the same way and exported anew,
when the export had become better.

"""

RUN = """\
### {name}

{data}

{windows} windows in all.

{recipe}

{versions}; device: {device}; {duration}.{stopped} Scored on {dev_questions} questions of `{dev}`:

{log}"""

CARD = """\
# The span reader

A small extractive reader: shown a question and a passage with its title and heading, it points at
the words of the passage that answer the question, or says that none do. It writes no text of its
own.

| | |
|---|---|
| kind | `BertForQuestionAnswering`, 6 layers of width 384, 22.6 million weights |
| input | `[CLS] question [SEP] title > heading [SEP] passage [SEP]`, at most 384 tokens; longer \
passages in overlapping windows |
| output | a start and an end logit for each token; those of `[CLS]` stand for "no answer" |
| base | sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0) and its tokenizer |
| files | `model.onnx` (int8), `tokenizer.json`, `reader.json` (constants with their provenance) |
| licence of the weights | CC BY-SA 4.0, see `LICENSE` |
{start}
## Intended use

Finding short answers (a name, number, date, or phrase) in English prose that retrieval brought up,
with their place in the text, in this project's pipeline, which decides by a calibrated confidence
whether to answer at all.

## Limits

- English only. It learned from encyclopaedia paragraphs, and from some news, notices and handbooks:
  tables, poetry, code and talk are foreign to it.
- It finds what a passage says, not what is true. Passages that are wrong or contradict each other
  give wrong or contradicting answers.
- It cannot count, calculate, compare passages or answer "yes" or "no", and it finds one stretch of
  text: items that are scattered over a passage are not gathered.
- It takes the right kind of answer from the wrong year, edition or place more often than anything
  else. The contrasts below are meant against that and do not end it.
- The confidence is calibrated on questions about Wikipedia. On other text, and on questions that
  are asked in another way, it is less trustworthy: measure before you rely on it.
- The data carry the biases of Wikipedia and of the people who wrote the questions, in what is
  covered and in how it is named.

## Training

No article that the development file asks about is in the training data, under the same title. Each
question was read in its whole paragraph or in a passage cut as the index cuts it, with its title in
most cases. About one in ten questions of QED is labelled wrongly, and some retrieved negatives do
answer their question in words that the labels do not know.

{means}Word vectors stayed as they were, and there was no dropout. Seed, data and versions decide
the weights on one machine; another one, or another number of threads, rounds differently.

Scores of a run are from 0 to 1, on a few questions of the development file: of answerable ones by
the best span, with "no answer" left out of account; "told apart" is the chance that an answerable
question scores higher than an unanswerable one, where the file has both. Not a result: a smaller
sample than the one below, and the network before it was made int8.

{runs}

## What the development files were used for

Nothing was trained on them. They were used to follow the run, to choose among a few settings of it
and to compare the int8 file with the full network; scores on them are therefore slightly too
friendly. {calibration}

## Measured

{measured}

## Licence and attribution

The weights are adapted from SQuAD (Rajpurkar et al., 2016 and 2018), from Natural Questions
(Kwiatkowski et al., 2019) as annotated in QED (Lamm et al., 2021), and from the articles of
Wikipedia in them, by their many authors. They are licensed under CC BY-SA 4.0:
https://creativecommons.org/licenses/by-sa/4.0/. The base model is licensed under Apache-2.0.
"""
