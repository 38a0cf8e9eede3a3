"""One file for each resource: its serializers, its filters and its views."""
