# gemtune with all it needs, for cron and for machines that should not have it installed:
#   docker build -t gemtune .
#   docker run --rm --user "$(id -u)" -v "$HOME/.config:/home/gemtune/.config" -e GEMTUNE_PROJECT gemtune list
# With an extra: docker build -t gemtune --build-arg EXTRAS=[emulator] .
FROM python:3.13-slim AS build
COPY . /gemtune
RUN pip wheel --no-cache-dir --no-deps --wheel-dir=/wheels /gemtune

FROM python:3.13-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends curl jq && \
    rm -rf /var/lib/apt/lists/*
ARG EXTRAS=
RUN --mount=from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir "gemtune$EXTRAS @ file://$(ls /wheels/*.whl)"
# whoever --user names may keep a token in the cache
RUN useradd --uid 1000 --create-home gemtune && chmod 1777 /home/gemtune
ENV HOME=/home/gemtune
WORKDIR /home/gemtune
USER 1000
ENTRYPOINT ["gemtune"]
CMD ["help"]
