"""The layouts of Spotify's files, each with a sample of made-up songs."""

from __future__ import annotations

from kcharts.reading.spec import Layout

_COUNTED = ("rank", "uri", "artist_names", "track_name", "peak_rank", "previous_rank")
_HEADER = "rank,uri,artist_names,track_name,source,peak_rank,previous_rank"
_ROWS = (
    '1,"spotify:track:0000000000000000000001","A Singer","A Song","A Label",1,2,5',
    '2,"spotify:track:0000000000000000000002","A Singer, A Band","A Song, Again","A Label",2,-1,1',
)


def _sample(counter: str, streams: tuple[str, str] | None) -> str:
    """The two rows as the publisher writes them: a byte order mark, CRLF, streams in quotes."""
    header = f"{_HEADER},{counter}" + ("" if streams is None else ",streams")
    rows = _ROWS if streams is None else [f'{r},"{n}"' for r, n in zip(_ROWS, streams, strict=True)]
    return "\ufeff" + "".join(f"{line}\r\n" for line in (header, *rows))


WEEKLY = Layout(
    name="weekly",
    reader="read_spotify",
    columns=(*_COUNTED, "weeks_on_chart", "streams"),
    optional=("source",),
    sample=_sample("weeks_on_chart", ("40000", "39999")),
    file_name="regional-kr-weekly-2022-12-08.csv",
)
DAILY = Layout(
    name="daily",
    reader="read_spotify",
    columns=(*_COUNTED, "days_on_chart", "streams"),
    optional=("source",),
    sample=_sample("days_on_chart", ("4000", "3999")),
    file_name="regional-global-daily-2022-12-09.csv",
)
VIRAL = Layout(
    name="viral",
    reader="read_spotify",
    columns=(*_COUNTED, "days_on_chart"),
    optional=("source",),
    sample=_sample("days_on_chart", None),
    file_name="viral-kr-daily-2022-12-09.csv",
)
OLD = Layout(
    name="of spotifycharts.com",
    reader="read_spotifycharts",
    columns=("Position", "Track Name", "Artist", "Streams", "URL"),
    sample=(
        ',,,"Note that these figures are made up.",\n'
        'Position,"Track Name",Artist,Streams,URL\n'
        '1,"A Song",A Singer,40000,https://open.spotify.com/track/0000000000000000000001\n'
        '2,"A Song, Again","A Singer, A Band",39999,'
        "https://open.spotify.com/track/0000000000000000000002\n"
    ),
    file_name="regional-kr-weekly-2021-06-04--2021-06-11.csv",
)
OLD_VIRAL = Layout(
    name="viral, of spotifycharts.com",
    reader="read_spotifycharts",
    columns=("Position", "Track Name", "Artist", "URL"),
    sample=(
        'Position,"Track Name",Artist,URL\n'
        '1,"A Song",A Singer,https://open.spotify.com/track/0000000000000000000001\n'
    ),
    file_name="viral-global-daily-2021-06-04.csv",
)
MERGED = Layout(
    name="merged, with run columns",
    reader="read_merged",
    columns=(
        *("chart_position", "chart_date", "song", "performer", "streams", "spotify_uri"),
        *("region", "time_on_chart", "previous_week", "peak_position"),
    ),
    optional=("song_id", "instance", "consecutive_weeks", "worst_position", "chart_url"),
    sample=(
        "chart_position,chart_date,song,performer,streams,spotify_uri,song_id,region,"
        "time_on_chart,instance,consecutive_weeks,previous_week,peak_position,worst_position,"
        "chart_url\n"
        "2,2022-01-06,A Song,A Singer,40000,0000000000000000000001,A SongA Singer,kr,"
        "1,1.0,,,2,2,https://charts.example/2022-01-06\n"
        "1,2022-01-13,A Song,A Singer,41000,0000000000000000000001,A SongA Singer,kr,"
        "2,1.0,1.0,2.0,1,2,https://charts.example/2022-01-13\n"
        '1,2022-01-06,"Song, Another",A Band,50000,0000000000000000000002,'
        '"Song, AnotherA Band",kr,7,2.0,,,1,90,https://charts.example/2022-01-06\n'
    ),
)
