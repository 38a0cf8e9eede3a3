# The service as an image: hashed dependencies, the packages, an unprivileged user.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONPATH=/app UV_NO_CACHE=1
WORKDIR /app
COPY requirements requirements
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/bootstrap.txt \
 && uv pip sync --system --require-hashes --only-binary :all: requirements/base.lock
COPY pyproject.toml openapi.yaml ./
COPY api api
COPY audit audit
COPY backend backend
COPY permissions permissions
RUN python -m compileall -q api audit backend permissions
USER 1000:1000
EXPOSE 8000
ENTRYPOINT ["python", "-m", "backend"]
CMD ["serve", "--host", "0.0.0.0"]
