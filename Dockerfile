# Footnote's web chat over the bundled articles. See docs/deploying.md.
#
#     docker build -t footnote .
#     docker run --rm -p 127.0.0.1:7860:7860 -v footnote-data:/data footnote

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 HF_HUB_OFFLINE=1 \
    ORT_DISABLE_TELEMETRY=1
WORKDIR /app
# The libraries first: they change less often than the code.
COPY pyproject.toml constraints.txt ./
# PyTorch's CPU build; the usual one brings gigabytes of GPU libraries along.
ARG PIP_ARGS="--extra-index-url https://download.pytorch.org/whl/cpu"
# hadolint ignore=SC2086
RUN python -m venv /venv \
    && sed -n '/^dependencies = \[/,/^\]/s/^    "\([^"]*\)".*/\1/p' pyproject.toml > /tmp/needed.txt \
    && /venv/bin/python -m pip install $PIP_ARGS -c constraints.txt -r /tmp/needed.txt
COPY . .
RUN /venv/bin/python -m pip install --no-deps -e . \
    && /venv/bin/qa build corpus --index index

FROM python:3.11-slim-bookworm
# Nothing is fetched while it runs. What people bring is in /data, and nowhere else.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 GRADIO_ANALYTICS_ENABLED=False ORT_DISABLE_TELEMETRY=1 \
    GRADIO_TEMP_DIR=/tmp/gradio QA_HOST=0.0.0.0 QA_PORT=7860 QA_DATA=/data
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin footnote \
    && install --directory --owner=footnote --mode=0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
    CMD ["python", "scripts/healthy.py"]
CMD ["python", "app.py"]
