"""The Django project and the domain."""
