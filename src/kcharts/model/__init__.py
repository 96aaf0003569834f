"""The values: countries, titles, charts, calendars, snapshots and histories."""
