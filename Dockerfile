# The web page of "realtime-fer serve" in a container, from the wheel alone:
#   docker build -t realtime-fer .
#   docker run --rm -p 127.0.0.1:5000:5000 -e REALTIME_FER_TOKEN=… --read-only --tmpfs /tmp realtime-fer
# docs/web.md says more.
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 REALTIME_FER_CACHE=/opt/realtime-fer/networks
COPY --from=build /wheels /wheels
# The detector's networks are fetched while the image is built; the container needs no network of its own.
# What is installed is the wheel of the stage above, which bounds what it depends on.
# hadolint ignore=DL3013
RUN set -- /wheels/*.whl \
    && pip install --no-cache-dir "$1[web]" \
    && realtime-fer fetch-detectors \
    && rm -r /wheels \
    && useradd --no-log-init --no-create-home --shell /usr/sbin/nologin --uid 10001 fer
USER 10001
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
# Within the container every address is its own; who reaches it, -p decides. Without REALTIME_FER_TOKEN it refuses to start.
ENTRYPOINT ["realtime-fer", "serve", "--host", "0.0.0.0", "--expose"]
