"""The measures: pure functions from histories to figures; import them from `kcharts`."""
