// Shows openapi.yaml of this installation. The CSRF token of a signed-in browser goes along with what is tried out.
window.SwaggerUIBundle({
  url: "/api/v1/openapi.yaml",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  requestInterceptor: (request) => {
    const token = document.cookie.match(/(?:^|; )__Host-csrf=([^;]+)/);
    if (token) request.headers["X-CSRFToken"] = token[1];
    return request;
  },
});
