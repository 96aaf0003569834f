"""The layouts of Netflix's files, with invented rows of each."""

from __future__ import annotations

from kcharts.reading.spec import Layout

COUNTRIES = Layout(
    name="all-weeks-countries",
    reader="read_countries",
    columns=(
        "country_name",
        "country_iso2",
        "week",
        "category",
        "weekly_rank",
        "show_title",
        "season_title",
        "cumulative_weeks_in_top_10",
    ),
    sample=(
        "country_name\tcountry_iso2\tweek\tcategory\tweekly_rank\tshow_title\tseason_title"
        "\tcumulative_weeks_in_top_10\n"
        "South Korea\tKR\t2022-01-30\tTV\t1\tA Series\tA Series: Season 1\t1\n"
        "South Korea\tKR\t2022-01-30\tTV\t2\tAnother Series\tN/A\t3"
    ),
)
GLOBAL = Layout(
    name="all-weeks-global",
    reader="read_global",
    columns=(
        "week",
        "category",
        "weekly_rank",
        "show_title",
        "season_title",
        "weekly_hours_viewed",
        "cumulative_weeks_in_top_10",
    ),
    optional=(
        "runtime",
        "weekly_views",
        "is_staggered_launch",
        "episode_launch_details",
        "runtime_override_flag",
        "episode_launch_dtls",
    ),
    sample=(
        "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime"
        "\tweekly_views\tcumulative_weeks_in_top_10\n"
        "2023-06-18\tTV (Non-English)\t1\tA Series\tA Series: Season 1\t26800000\t9.9667"
        "\t2700000\t2\n"
        "2023-06-18\tTV (Non-English)\t2\tAnother Series\tN/A\t11000000\t\t\t1"
    ),
)
MOST_POPULAR = Layout(
    name="most-popular",
    reader="read_most_popular",
    columns=("category", "rank", "show_title", "season_title"),
    optional=(
        "hours_viewed_first_28_days",
        "hours_viewed_first_91_days",
        "runtime",
        "views_first_91_days",
    ),
    unlike=("week",),
    is_chart=False,
    sample=(
        "category\trank\tshow_title\tseason_title\thours_viewed_first_91_days\truntime"
        "\tviews_first_91_days\n"
        "TV (Non-English)\t1\tA Series\tA Series: Season 1\t500000000\t8.5\t58800000"
    ),
)
PAGE = Layout(
    name="Tudum page data",
    reader="read_page",
    columns=(
        "weekEndDate",
        "category",
        "weeklyRank",
        "title",
        "videoId",
        "weeklyHoursViewed",
        "cumulativeWeeksInTop10",
    ),
    optional=(
        "weeklyViews",
        "runtime",
        "releaseYear",
        "maturityRating",
        "runtime_second",
        "runtime_hmm",
        "bigImage",
        "localImage",
        "floatIcon",
        "shortSynopsis",
        "groupfile",
    ),
    medium="json",
    sample=(
        '[{"weeklyRank": 1, "cumulativeWeeksInTop10": 5, "weeklyHoursViewed": 26800000, '
        '"weeklyViews": 2700000, "runtime": "9.9667", "weekEndDate": "2023-06-18", '
        '"videoId": "80000001", "category": "NONENGLISH_SERIES", '
        '"title": "A Series: Season 1", "releaseYear": "2023"},\n'
        '{"weeklyRank": 2, "cumulativeWeeksInTop10": 1, "weeklyHoursViewed": 11000000, '
        '"weeklyViews": 0, "runtime": "0", "weekEndDate": "2023-06-18", '
        '"videoId": "80000002", "category": "NONENGLISH_SERIES", '
        '"title": "Another Series", "releaseYear": "2022"}]'
    ),
)
