"""The tables of an export: what every engine reads. Each column and its type are written here and nowhere else."""

from mali_chrono.exchange.columns import Table, read_tables

# Days are ISO 8601 (years before Christ with a sign), and beside them whole numbers: proleptic Gregorian days counted
# from 1 = 0001-01-01; empty is open. How a line is read: `read_tables`.
_TABLES = """
meta: what this export is
key text*
value text

type: types of event
type_id text*
name text!
category text!
acled text ACLED's sub-event type, or that it has none
note text
file_line text! where its record stands

source: documents
source_id text*
title text!
author text
publisher text
url text
as_of text when the text speaks (EDTF)
licence text
file text
sha256 text
lines integer
pages integer
format text
unverifiable text why there is no copy to prove against
summary text
note text
file_line text! where its record stands

record_id: what others call a record
kind text* event, actor, place, period, type or source
record_id text*
scheme text*
other_id text!
url text the address that it stands for, where that is known

record_url: pages of the web that tell of a record
kind text*
record_id text*
ord integer*
url text!

actor: who takes part
actor_id text*
name text!
short text the shortest name it goes by
kind text!
active text when it was active (EDTF)
active_words text
first_day integer of that time; empty is open or not told
last_day integer
summary text
cites text source:line, source:p. page or source:#anchor, with commas between
note text
file_line text! where its record stands

actor_alias: further names of actors
actor_id text* >actor
ord integer*
alias text!

relation: dated relations between actors
actor_id text* >actor
ord integer*
kind text!
to_actor_id text >actor
office text of who holds one
date text EDTF; an interval is from-to, a point attested then
date_words text
first_day integer
last_day integer
certainty text!
says text >actor
cites text source:line, source:p. page or source:#anchor, with commas between
note text

place: the gazetteer
place_id text*
name text!
kind text
region text the first-order region, or a country
region_id text its folded name
within text >place the place that holds it
lat real decimal degrees, WGS84
lon real
precision integer! UCDP's where_prec: 1 exact to 6 country
note text
file_line text! where its record stands

place_alias: further names of places
place_id text* >place
ord integer*
alias text!

period: what lasts and gives context
period_id text*
name text!
kind text!
date text! EDTF
date_words text!
earliest text
latest text
first_day integer
last_day integer
summary text
cites text source:line, source:p. page or source:#anchor, with commas between
note text
file_line text! where its record stands

period_place: where a period was
period_id text* >period
ord integer*
place_id text! >place

period_actor: who took which side in a period
period_id text* >period
ord integer*
actor_id text! >actor
side text
date text its own time (EDTF), else the period's
date_words text
first_day integer
last_day integer

event: one row an event
event_id text*
sort integer! the order of a timeline
date text! EDTF
date_words text!
year integer the year it stands under
earliest text the first day it may touch
latest text the last
core_first text the first day it surely covers
core_last text the last
earliest_day integer
latest_day integer
precision text!
date_prec integer UCDP's: 1 day, 2 up to 6 days, 3 week, 4 month, 5 year; empty where it is less precise
time text time of day, as printed
time_seconds integer the same in seconds, as printed
zone_seconds integer how far its clock is ahead of UTC
title text!
summary text!
type_id text! >type
category text!
is_report boolean! of category reporting: adds nothing to sums
disputed boolean! its figures contradict each other
certainty text!
says text >actor
where_words text
who_words text
note text
words text! folded words of what it tells, for LIKE '% word %'
file_line text! where its record stands

event_place: where; what lies around its places too
event_id text* >event
place_id text* >place
ord integer its own places in order, the first from 1
near boolean! near it
direct boolean! its own; false: its own place lies within

event_actor: who took part; what they were part of then too
event_id text* >event
ord integer* the part; an umbrella's is its member's
actor_id text* >actor
role text!
certainty text!
says text >actor
direct boolean! took part itself; false: through `via`
via text >actor

event_cite: lines, pages or anchors that tell it
event_id text* >event
ord integer*
source_id text! >source
first_line integer empty where it names pages or an anchor
last_line integer
first_page integer
last_page integer
anchor text of a page of the web, without its #

event_link: links between events of this export
event_id text* >event
ord integer*
to_event_id text! >event
kind text!

event_outlet: who reported it
event_id text* >event
outlet_id text* its folded name
outlet text! as printed

event_tag: tags
event_id text* >event
tag text*

event_calendar: its dates as other calendars print them
event_id text* >event
ord integer*
also_ord integer of which other date; empty: of its own
calendar text!
date text! year-month-day of that calendar
date_words text!
first_day integer
last_day integer

event_also: other dates that belong to it
event_id text* >event
ord integer*
kind text!
date text! EDTF
date_words text!
first_day integer
last_day integer
cites text source:line, source:p. page or source:#anchor, with commas between
note text

event_span: the runs of days an event may touch; sets have gaps
event_id text* >event
ord integer*
first_day integer empty is open
last_day integer empty is open
has_core boolean! some of them are surely covered
core_first_day integer
core_last_day integer

year: the years that events may touch, and what holds them
year integer* 0 is 1 BC
name text! as EDTF writes it
first_day integer!
last_day integer!
decade text!
decade_first_day integer!
decade_last_day integer!
century text!
century_first_day integer!
century_last_day integer!

event_year: a row for each year an event may touch; open ends go to the last year (the first) the export names
event_id text* >event
year integer* >year
sure boolean! lies wholly inside it
first boolean! its first day lies there, or its known end where that is open

figure: what the claims of an event come to, by kind of toll
event_id text* >event
kind text*
low integer!
best integer!
high integer!
open boolean! there may be more than high
disputed boolean! no number satisfies all claims

claim: figures as claims
claim_id text*
event_id text! >event
ord integer!
kind text!
figure text! as printed
of text whom it counts
who text a detail, never calculated
says text >actor who says so; empty: the source
as_of text when it was said (EDTF)
at_place text >place
certainty text!
best boolean! marked as the best

claim_cite: lines, pages or anchors that tell a claim; its event's where it has none of its own
claim_id text* >claim
ord integer*
source_id text! >source
first_line integer empty where it names pages or an anchor
last_line integer
first_page integer
last_page integer
anchor text of a page of the web, without its #

sum_term: what events add to sums, so that nobody counts twice
term_id text*
kind text!
size integer! how many events; more than one: linked ones, a correction
low integer!
best integer!
high integer!
open boolean!

sum_term_event: the events of a term
term_id text* >sum_term
event_id text* >event
"""
TABLES: dict[str, Table] = {table.name: table for table in read_tables(_TABLES)}
