"""Opens a ticket for each group of alerts that a Prometheus Alertmanager reports, and keeps it up to date."""
