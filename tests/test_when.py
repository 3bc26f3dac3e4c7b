"""Time words: what is found, what role it has, and which days it means on Tuesday, 14 January 2020."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.model import Basis, When
from dragoman.reading.when import TimePhrase, find_times, resolve, resolve_named

REPORT = date(2020, 1, 14)  # a Tuesday

# sentence | the phrase in it | role | earliest | latest; dates as in 2019-03-05, '-' where the end is open
PAST = """
Haftar left Moscow on Monday. | on Monday | at | 2020-01-13 | 2020-01-13
Haftar left Moscow on Tuesday. | on Tuesday | at | 2020-01-14 | 2020-01-14
Haftar left Moscow Wednesday. | Wednesday | at | 2020-01-08 | 2020-01-08
They met on Monday evening in Rome. | on Monday evening | at | 2020-01-13 | 2020-01-13
Shells fell early on Monday. | early on Monday | at | 2020-01-13 | 2020-01-13
Shells fell late Sunday. | late Sunday | at | 2020-01-12 | 2020-01-12
They met last Tuesday. | last Tuesday | at | 2020-01-07 | 2020-01-07
They met this Monday. | this Monday | at | 2020-01-13 | 2020-01-13
They met this Tuesday. | this Tuesday | at | 2020-01-14 | 2020-01-14
They agreed to meet next Monday. | next Monday | at | 2020-01-20 | 2020-01-20
They will meet on Monday of next week. | on Monday of next week | at | 2020-01-20 | 2020-01-20
They met on Friday last week. | on Friday last week | at | 2020-01-10 | 2020-01-10
Rebels shelled the town overnight. | overnight | at | 2020-01-13 | 2020-01-14
Rebels shelled the town overnight last week. | overnight last week | at | 2020-01-06 | 2020-01-12
Rebels shelled the town in an overnight morning raid. | in an overnight morning | at | 2020-01-13 | 2020-01-14
Rebels shelled the town overnight into Sunday. | overnight into Sunday | at | 2020-01-11 | 2020-01-12
The envoy said today that it holds. | today | at | 2020-01-14 | 2020-01-14
They met yesterday evening. | yesterday evening | at | 2020-01-13 | 2020-01-13
They will meet tomorrow. | tomorrow | at | 2020-01-15 | 2020-01-15
He left the day before yesterday. | the day before yesterday | at | 2020-01-12 | 2020-01-12
They fought last night. | last night | at | 2020-01-13 | 2020-01-13
They met on Monday and Tuesday. | on Monday and Tuesday | at | 2020-01-13 | 2020-01-14
They met on Saturday and Sunday. | on Saturday and Sunday | at | 2020-01-11 | 2020-01-12
They met on Thursday and on Friday. | on Thursday and on Friday | at | 2020-01-09 | 2020-01-10
Fighting went on over the weekend. | over the weekend | at | 2020-01-11 | 2020-01-12
They met last weekend. | last weekend | at | 2020-01-11 | 2020-01-12
They met last week. | last week | at | 2020-01-06 | 2020-01-12
They met late last week. | late last week | at | 2020-01-10 | 2020-01-12
They met last month. | last month | at | 2019-12-01 | 2019-12-31
They met this month. | this month | at | 2020-01-01 | 2020-01-31
They will meet later this month. | later this month | at | 2020-01-14 | 2020-01-31
They met earlier this month. | earlier this month | at | 2020-01-01 | 2020-01-14
They met earlier this week. | earlier this week | at | 2020-01-13 | 2020-01-14
They will meet later this week. | later this week | at | 2020-01-14 | 2020-01-19
They will meet next week. | next week | at | 2020-01-20 | 2020-01-26
They will meet next month. | next month | at | 2020-02-01 | 2020-02-29
They met last year. | last year | at | 2019-01-01 | 2019-12-31
They met early last year. | early last year | at | 2019-01-01 | 2019-04-30
Talks will resume in the coming days. | in the coming days | at | 2020-01-14 | 2020-01-21
Fighting grew in recent days. | in recent days | at | 2020-01-07 | 2020-01-14
Fighting grew in recent weeks. | in recent weeks | at | 2019-12-17 | 2020-01-14
Fighting grew over the past month. | over the past month | at | 2019-12-14 | 2020-01-14
They signed in April. | in April | at | 2019-04-01 | 2019-04-30
They signed in January. | in January | at | 2020-01-01 | 2020-01-31
They signed in May. | in May | at | 2019-05-01 | 2019-05-31
They signed in March. | in March | at | 2019-03-01 | 2019-03-31
They signed in April 2019. | in April 2019 | at | 2019-04-01 | 2019-04-30
They signed last April. | last April | at | 2019-04-01 | 2019-04-30
They signed in December of last year. | in December of last year | at | 2019-12-01 | 2019-12-31
They signed in mid-March. | in mid-March | at | 2019-03-11 | 2019-03-20
They signed in early April. | in early April | at | 2019-04-01 | 2019-04-10
They signed in late January 2019. | in late January 2019 | at | 2019-01-21 | 2019-01-31
They signed at the end of March 2019. | at the end of March 2019 | at | 2019-03-21 | 2019-03-31
They met in the first week of March 2019. | in the first week of March 2019 | at | 2019-03-01 | 2019-03-07
They met in the second half of 2019. | in the second half of 2019 | at | 2019-07-01 | 2019-12-31
They met in the first quarter of 2019. | in the first quarter of 2019 | at | 2019-01-01 | 2019-03-31
The truce began on Jan. 12. | on Jan. 12 | at | 2020-01-12 | 2020-01-12
The truce began on 12 January. | on 12 January | at | 2020-01-12 | 2020-01-12
The truce began on January 12th. | on January 12th | at | 2020-01-12 | 2020-01-12
The truce began on the 12th of January. | on the 12th of January | at | 2020-01-12 | 2020-01-12
The truce began on Dec 20. | on Dec 20 | at | 2019-12-20 | 2019-12-20
The talks open on Jan. 19. | on Jan. 19 | at | 2019-01-19 | 2019-01-19
It was signed on 5 March 2019. | on 5 March 2019 | at | 2019-03-05 | 2019-03-05
It was signed on March 5, 2019, in Rome. | on March 5, 2019 | at | 2019-03-05 | 2019-03-05
It was signed on Tuesday, 5 March 2019. | on Tuesday, 5 March 2019 | at | 2019-03-05 | 2019-03-05
It was signed on Sept. 3, 2019. | on Sept. 3, 2019 | at | 2019-09-03 | 2019-09-03
It was signed on 2019-03-05. | on 2019-03-05 | at | 2019-03-05 | 2019-03-05
It was signed on 25/03/2019. | on 25/03/2019 | at | 2019-03-25 | 2019-03-25
They met on 5-9 March 2019. | on 5-9 March 2019 | at | 2019-03-05 | 2019-03-09
They met on March 5-9. | on March 5-9 | at | 2019-03-05 | 2019-03-09
They met on March 5 and 6, 2019. | on March 5 and 6, 2019 | at | 2019-03-05 | 2019-03-06
War broke out in 2014. | in 2014 | at | 2014-01-01 | 2014-12-31
The war of 2014-2016 ended. | 2014-2016 | at | 2014-01-01 | 2016-12-31
The war (2014-16) ended. | 2014-16 | at | 2014-01-01 | 2016-12-31
War broke out in the 1990s. | in the 1990s | at | 1990-01-01 | 1999-12-31
War broke out in 2014 and 2015. | in 2014 and 2015 | at | 2014-01-01 | 2015-12-31
It began in early 2020. | in early 2020 | at | 2020-01-01 | 2020-04-30
It began in late 2019. | in late 2019 | at | 2019-09-01 | 2019-12-31
It began in mid-2019. | in mid-2019 | at | 2019-05-01 | 2019-08-31
It began in spring 2014. | in spring 2014 | at | 2014-03-01 | 2014-05-31
It began last summer. | last summer | at | 2019-06-01 | 2019-08-31
It began in the winter of 2014. | in the winter of 2014 | at | 2014-12-01 | 2015-02-28
He left two days ago. | two days ago | at | 2020-01-12 | 2020-01-12
He left three weeks earlier. | three weeks earlier | at | 2019-12-21 | 2019-12-27
He left a year ago. | a year ago | at | 2018-07-15 | 2019-07-16
He left a few days ago. | a few days ago | at | 2020-01-07 | 2020-01-12
He left weeks ago. | weeks ago | at | 2019-12-17 | 2019-12-31
He left two or three days ago. | two or three days ago | at | 2020-01-11 | 2020-01-12
He left 48 hours ago. | 48 hours ago | at | 2020-01-12 | 2020-01-12
Ten died in the past 24 hours. | in the past 24 hours | at | 2020-01-13 | 2020-01-14
They fought for the past three days. | for the past three days | at | 2020-01-11 | 2020-01-14
They must leave within 48 hours. | within 48 hours | until | 2020-01-14 | 2020-01-16
They must leave within a week. | within a week | until | 2020-01-14 | 2020-01-21
The truce holds until Sunday. | until Sunday | until | - | 2020-01-12
The truce held till March 2019. | till March 2019 | until | - | 2019-03-31
The truce held through 5 March 2019. | through 5 March 2019 | until | - | 2019-03-05
The truce ended before 5 March 2019. | before 5 March 2019 | until | - | 2019-03-04
It was due by the end of the month. | by the end of the month | until | - | 2020-01-31
Tripoli has been besieged since April. | since April | from | 2019-04-01 | 2020-01-14
Tripoli has been besieged since 2014. | since 2014 | from | 2014-01-01 | 2020-01-14
Tripoli has been besieged since early April 2019. | since early April 2019 | from | 2019-04-01 | 2020-01-14
Tripoli has been besieged since the end of March. | since the end of March | from | 2019-03-21 | 2020-01-14
A truce beginning on Jan. 12 was agreed. | beginning on Jan. 12 | from | 2020-01-12 | -
A truce from Jan 12 was agreed. | from Jan 12 | from | 2020-01-12 | -
A truce starting Sunday was agreed. | starting Sunday | from | 2020-01-12 | -
A truce effective from midnight on Sunday was agreed. | effective from midnight on Sunday | from | 2020-01-12 | -
The truce, as of Jan. 12, held. | as of Jan. 12 | from | 2020-01-12 | -
They met from 5 to 9 March 2019. | from 5 to 9 March 2019 | range | 2019-03-05 | 2019-03-09
They met between 5 and 9 March 2019. | between 5 and 9 March 2019 | range | 2019-03-05 | 2019-03-09
It began at midnight (2200 GMT) on Saturday. | at midnight (2200 GMT) on Saturday | at | 2020-01-11 | 2020-01-11
They fought between January and March 2019. | between January and March 2019 | range | 2019-01-01 | 2019-03-31
They fought between December and March 2019. | between December and March 2019 | range | 2018-12-01 | 2019-03-31
They fought from Sunday to Monday. | from Sunday to Monday | range | 2020-01-12 | 2020-01-13
They fought from Friday until Monday. | from Friday until Monday | range | 2020-01-10 | 2020-01-13
They fought from 28 February to 3 March 2019. | from 28 February to 3 March 2019 | range | 2019-02-28 | 2019-03-03
They fought from 2014 to 2016. | from 2014 to 2016 | range | 2014-01-01 | 2016-12-31
They fought from May 2014 until 2016. | from May 2014 until 2016 | range | 2014-05-01 | 2016-12-31
They fought from Dec. 28 to Jan. 3. | from Dec. 28 to Jan. 3 | range | 2019-12-28 | 2020-01-03
It starts at midnight on Friday. | at midnight on Friday | at | 2020-01-10 | 2020-01-10
It started at 6 a.m. local time on Sunday. | at 6 a.m. local time on Sunday | at | 2020-01-12 | 2020-01-12
It started at 18:00 GMT on Sunday. | at 18:00 GMT on Sunday | at | 2020-01-12 | 2020-01-12
It started on Sunday at 6 a.m. (0400 GMT). | on Sunday at 6 a.m. (0400 GMT) | at | 2020-01-12 | 2020-01-12
It started before dawn on Monday. | before dawn on Monday | at | 2020-01-13 | 2020-01-13
It started in the early hours of Monday. | in the early hours of Monday | at | 2020-01-13 | 2020-01-13
It started on the morning of 5 March 2019. | on the morning of 5 March 2019 | at | 2019-03-05 | 2019-03-05
They met on New Year's Eve. | on New Year's Eve | at | 2019-12-31 | 2019-12-31
They met on New Year’s Day 2019. | on New Year’s Day 2019 | at | 2019-01-01 | 2019-01-01
They met on Christmas Eve. | on Christmas Eve | at | 2019-12-24 | 2019-12-24
They met on the 12th. | on the 12th | at | 2020-01-12 | 2020-01-12
They met on the 20th, he said. | on the 20th | at | 2019-12-20 | 2019-12-20
Both broke the March 2014 agreement. | March 2014 | at | 2014-03-01 | 2014-03-31
Both condemned Monday's attack. | Monday | at | 2020-01-13 | 2020-01-13
They broke off talks on Monday\nin Rome. | on Monday | at | 2020-01-13 | 2020-01-13
They signed\u00a0on 5\u00a0March 2019. | on 5\u00a0March 2019 | at | 2019-03-05 | 2019-03-05
İstanbul hosted talks on Monday. | on Monday | at | 2020-01-13 | 2020-01-13
He died on Tuesday after 20 killed. | on Tuesday | at | 2020-01-14 | 2020-01-14
It passed Resolution 1701 on Monday. | on Monday | at | 2020-01-13 | 2020-01-13
In March 12 people were killed. | In March | at | 2019-03-01 | 2019-03-31
It was signed on 05/05/2019. | on 05/05/2019 | at | 2019-05-05 | 2019-05-05
It was signed on 03/25/2019. | on 03/25/2019 | at | 2019-03-25 | 2019-03-25
It was signed on 13/12/2019. | on 13/12/2019 | at | 2019-12-13 | 2019-12-13
It was signed on 12/13/2019. | on 12/13/2019 | at | 2019-12-13 | 2019-12-13
It was signed on 3.25.2019. | on 3.25.2019 | at | 2019-03-25 | 2019-03-25
It was signed on 12/12/2019. | on 12/12/2019 | at | 2019-12-12 | 2019-12-12
It was signed in April last year. | in April last year | at | 2019-04-01 | 2019-04-30
It was signed in April of this year. | in April of this year | at | 2020-04-01 | 2020-04-30
He left this morning. | this morning | at | 2020-01-14 | 2020-01-14
He left last evening. | last evening | at | 2020-01-13 | 2020-01-13
They met over the last month. | over the last month | at | 2019-12-14 | 2020-01-14
They will meet in the coming week. | in the coming week | at | 2020-01-14 | 2020-01-21
He ruled for the past decade. | for the past decade | at | 2010-01-14 | 2020-01-14
He left a couple of days ago. | a couple of days ago | at | 2020-01-11 | 2020-01-12
He left half a year ago. | half a year ago | at | 2019-06-29 | 2019-07-29
He left a dozen days ago. | a dozen days ago | at | 2020-01-02 | 2020-01-02
He left twenty-one days ago. | twenty-one days ago | at | 2019-12-24 | 2019-12-24
He left thirty days ago. | thirty days ago | at | 2019-12-15 | 2019-12-15
He left a hundred days ago. | a hundred days ago | at | 2019-10-06 | 2019-10-06
He left 1,000 days ago. | 1,000 days ago | at | 2017-04-19 | 2017-04-19
He left two and a half days ago. | two and a half days ago | at | 2020-01-11 | 2020-01-12
He left a year and a half ago. | a year and a half ago | at | 2018-06-29 | 2018-07-29
He left 90 minutes ago. | 90 minutes ago | at | 2020-01-13 | 2020-01-14
He left 36 hours ago. | 36 hours ago | at | 2020-01-12 | 2020-01-13
He left an hour ago. | an hour ago | at | 2020-01-13 | 2020-01-14
He left two months ago. | two months ago | at | 2019-10-30 | 2019-11-29
He left five years ago. | five years ago | at | 2014-07-15 | 2015-07-16
He left two decades ago. | two decades ago | at | 1999-07-15 | 2000-07-15
He left a century ago. | a century ago | at | 1919-07-15 | 1920-07-15
He left a fortnight ago. | a fortnight ago | at | 2019-12-31 | 2019-12-31
He left two nights ago. | two nights ago | at | 2020-01-12 | 2020-01-12
They met on the 3rd of last month. | on the 3rd of last month | at | 2019-12-03 | 2019-12-03
They met on the 3rd of this month. | on the 3rd of this month | at | 2020-01-03 | 2020-01-03
They met on the 14th. | on the 14th | at | 2020-01-14 | 2020-01-14
They met on the 15th. | on the 15th | at | 2019-12-15 | 2019-12-15
They met at Christmas 2018. | at Christmas 2018 | at | 2018-12-25 | 2018-12-25
They met on Boxing Day. | on Boxing Day | at | 2019-12-26 | 2019-12-26
They met on May Day. | on May Day | at | 2019-05-01 | 2019-05-01
They met on the eve of 5 March 2019. | on the eve of 5 March 2019 | at | 2019-03-04 | 2019-03-04
They met in the last week of March 2019. | in the last week of March 2019 | at | 2019-03-25 | 2019-03-31
They met in the second week of March 2019. | in the second week of March 2019 | at | 2019-03-08 | 2019-03-14
They met in the third quarter of 2019. | in the third quarter of 2019 | at | 2019-07-01 | 2019-09-30
They met in the last quarter of 2019. | in the last quarter of 2019 | at | 2019-10-01 | 2019-12-31
They met in the latter half of March 2019. | in the latter half of March 2019 | at | 2019-03-16 | 2019-03-31
They met in the first half of March 2019. | in the first half of March 2019 | at | 2019-03-01 | 2019-03-15
They met in the middle of March 2019. | in the middle of March 2019 | at | 2019-03-11 | 2019-03-20
They met last winter. | last winter | at | 2018-12-01 | 2019-02-28
They met this winter. | this winter | at | 2019-12-01 | 2020-02-29
They met in the winter. | in the winter | at | 2019-12-01 | 2020-02-29
They met on Monday this week. | on Monday this week | at | 2020-01-13 | 2020-01-13
They met on Sunday of last week. | on Sunday of last week | at | 2020-01-12 | 2020-01-12
They met last week on Friday. | last week on Friday | at | 2020-01-10 | 2020-01-10
They met Friday overnight. | Friday overnight | at | 2020-01-10 | 2020-01-11
They met in the last quarter. | in the last quarter | at | 2019-10-14 | 2020-01-14
They met last quarter. | last quarter | at | 2019-10-01 | 2019-12-31
They met this quarter. | this quarter | at | 2020-01-01 | 2020-03-31
It began this decade. | this decade | at | 2020-01-01 | 2029-12-31
It began last decade. | last decade | at | 2010-01-01 | 2019-12-31
It began last century. | last century | at | 1900-01-01 | 1999-12-31
It began early last century. | early last century | at | 1900-01-01 | 1933-04-30
It began late last decade. | late last decade | at | 2016-09-01 | 2019-12-31
It began in the first half of last decade. | in the first half of last decade | at | 2010-01-01 | 2014-12-31
They met this weekend. | this weekend | at | 2020-01-11 | 2020-01-12
They met prior to 5 March 2019. | prior to 5 March 2019 | until | - | 2019-03-04
It was due by 5 March 2019. | by 5 March 2019 | until | - | 2019-03-05
It was due no later than 5 March 2019. | no later than 5 March 2019 | until | - | 2019-03-05
Fighting went on from 5 to 9 March. | from 5 to 9 March | range | 2020-03-05 | 2020-03-09
They have fought ever since 5 March 2019. | ever since 5 March 2019 | from | 2019-03-05 | 2020-01-14
They met on the evening of Jan. 3. | on the evening of Jan. 3 | at | 2020-01-03 | 2020-01-03
They met around noon on Jan. 3. | around noon on Jan. 3 | at | 2020-01-03 | 2020-01-03
They met (in 2014). | in 2014 | at | 2014-01-01 | 2014-12-31
It ran 1990-95. | 1990-95 | at | 1990-01-01 | 1995-12-31
It ran in 1990-1995. | in 1990-1995 | at | 1990-01-01 | 1995-12-31
They met in the second half of last year. | in the second half of last year | at | 2019-07-01 | 2019-12-31
They met at the start of last month. | at the start of last month | at | 2019-12-01 | 2019-12-10
They met at the close of last month. | at the close of last month | at | 2019-12-21 | 2019-12-31
They met on Jan. 3 and Jan. 5. | on Jan. 3 and Jan. 5 | at | 2020-01-03 | 2020-01-05
They met yesterday and today. | yesterday and today | at | 2020-01-13 | 2020-01-14
They met in 2014 or 2015. | in 2014 or 2015 | at | 2014-01-01 | 2015-12-31
They met on Monday or Tuesday. | on Monday or Tuesday | at | 2020-01-13 | 2020-01-14
They met between Monday and Wednesday. | between Monday and Wednesday | range | 2020-01-06 | 2020-01-08
They met on Jan. 14. | on Jan. 14 | at | 2020-01-14 | 2020-01-14
It was signed on Tue, 5 March 2019. | on Tue, 5 March 2019 | at | 2019-03-05 | 2019-03-05
It was signed on Mon 13 Jan. | on Mon 13 Jan | at | 2020-01-13 | 2020-01-13
December brought a truce. | December | at | 2019-12-01 | 2019-12-31
A truce ended. (2014 was hard.) | 2014 | at | 2014-01-01 | 2014-12-31
They fought from Monday to 8 March 2019. | from Monday to 8 March 2019 | range | 2019-03-04 | 2019-03-08
They met on Jan. 3, 4 and 5. | on Jan. 3, 4 and 5 | at | 2020-01-03 | 2020-01-05
They met on Jan. 3, 4, and 5, 2019. | on Jan. 3, 4, and 5, 2019 | at | 2019-01-03 | 2019-01-05
They met on 3, 4 and 5 January 2019. | on 3, 4 and 5 January 2019 | at | 2019-01-03 | 2019-01-05
They met on March 3, 4 soldiers and 5 rebels died. | on March 3 | at | 2019-03-03 | 2019-03-03
They met from 2014-16. | from 2014-16 | range | 2014-01-01 | 2016-12-31
""".replace("\\n", "\n").replace("\\u00a0", "\u00a0")

FUTURE = """
They will meet on Monday. | on Monday | at | 2020-01-20 | 2020-01-20
They will meet on Tuesday. | on Tuesday | at | 2020-01-14 | 2020-01-14
They will meet on Sunday and Monday. | on Sunday and Monday | at | 2020-01-19 | 2020-01-20
They will meet in April. | in April | at | 2020-04-01 | 2020-04-30
They will meet in January. | in January | at | 2020-01-01 | 2020-01-31
They will meet on Jan. 19. | on Jan. 19 | at | 2020-01-19 | 2020-01-19
They will meet in two days. | in two days | at | 2020-01-16 | 2020-01-16
They will meet this weekend. | this weekend | at | 2020-01-18 | 2020-01-19
They will meet over the next two weeks. | over the next two weeks | at | 2020-01-14 | 2020-01-28
The truce will hold until Tuesday. | until Tuesday | until | - | 2020-01-14
They must leave by Friday. | by Friday | until | 2020-01-14 | 2020-01-17
They must leave no later than Jan. 31. | no later than Jan. 31 | until | 2020-01-14 | 2020-01-31
They will meet from Friday to Sunday. | from Friday to Sunday | range | 2020-01-17 | 2020-01-19
They will meet on the 12th. | on the 12th | at | 2020-02-12 | 2020-02-12
It will end this year. | this year | at | 2020-01-01 | 2020-12-31
They will meet on 29 February. | on 29 February | at | 2020-02-29 | 2020-02-29
They will meet this Friday. | this Friday | at | 2020-01-17 | 2020-01-17
They will meet the coming Friday. | coming Friday | at | 2020-01-17 | 2020-01-17
They will meet next Tuesday. | next Tuesday | at | 2020-01-21 | 2020-01-21
They will meet in the days ahead. | in the days ahead | at | 2020-01-14 | 2020-01-21
They will meet in the weeks to come. | in the weeks to come | at | 2020-01-14 | 2020-02-11
They will meet in a fortnight. | in a fortnight | at | 2020-01-28 | 2020-01-28
They will meet in two and a half days. | in two and a half days | at | 2020-01-16 | 2020-01-17
They will meet in 36 hours. | in 36 hours | at | 2020-01-15 | 2020-01-16
They will meet in 90 minutes. | in 90 minutes | at | 2020-01-14 | 2020-01-15
They will meet in half a year. | in half a year | at | 2020-06-29 | 2020-07-29
They will meet two weeks from now. | two weeks from now | at | 2020-01-25 | 2020-01-31
They will meet two days hence. | two days hence | at | 2020-01-16 | 2020-01-16
They will meet the day after tomorrow. | the day after tomorrow | at | 2020-01-16 | 2020-01-16
They will meet tonight. | tonight | at | 2020-01-14 | 2020-01-14
They will meet tomorrow evening. | tomorrow evening | at | 2020-01-15 | 2020-01-15
They will meet next summer. | next summer | at | 2020-06-01 | 2020-08-31
They will meet this summer. | this summer | at | 2020-06-01 | 2020-08-31
They will meet in the spring. | in the spring | at | 2020-03-01 | 2020-05-31
They will meet in April next year. | in April next year | at | 2021-04-01 | 2021-04-30
They will meet next April. | next April | at | 2020-04-01 | 2020-04-30
They will meet on the 3rd of next month. | on the 3rd of next month | at | 2020-02-03 | 2020-02-03
They will meet on the 14th. | on the 14th | at | 2020-01-14 | 2020-01-14
They will meet on the 20th. | on the 20th | at | 2020-01-20 | 2020-01-20
They will meet next quarter. | next quarter | at | 2020-04-01 | 2020-06-30
They will meet early next year. | early next year | at | 2021-01-01 | 2021-04-30
They will meet late next year. | late next year | at | 2021-09-01 | 2021-12-31
They will meet in the next decade. | in the next decade | at | 2020-01-14 | 2030-01-14
They will meet next weekend. | next weekend | at | 2020-01-25 | 2020-01-26
They will meet at the weekend. | at the weekend | at | 2020-01-18 | 2020-01-19
They will meet before 5 March 2020. | before 5 March 2020 | until | - | 2020-03-04
They must leave by Tuesday. | by Tuesday | until | 2020-01-14 | 2020-01-14
They must leave by Monday. | by Monday | until | 2020-01-14 | 2020-01-20
They must leave by 5 January 2020. | by 5 January 2020 | until | - | 2020-01-05
They must leave before Friday. | before Friday | until | - | 2020-01-16
They must leave not later than Friday. | not later than Friday | until | 2020-01-14 | 2020-01-17
It will last until the end of the year. | until the end of the year | until | - | 2020-12-31
It will hold from Monday. | from Monday | from | 2020-01-20 | -
It will hold since Friday. | since Friday | from | 2020-01-17 | -
They will meet on Jan. 14. | on Jan. 14 | at | 2020-01-14 | 2020-01-14
They will meet from Dec. 28 to Jan. 3. | from Dec. 28 to Jan. 3 | range | 2019-12-28 | 2020-01-03
They will meet between Friday and Monday. | between Friday and Monday | range | 2020-01-17 | 2020-01-20
They will meet in March or April. | in March or April | at | 2020-03-01 | 2020-04-30
They will meet later in the week. | later in the week | at | 2020-01-14 | 2020-01-19
They will meet later this year. | later this year | at | 2020-01-14 | 2020-12-31
They will meet in the upcoming week. | in the upcoming week | at | 2020-01-14 | 2020-01-21
They will leave by the end of the century. | by the end of the century | until | 2020-01-14 | 2099-12-31
They will meet at Christmas. | at Christmas | at | 2020-12-25 | 2020-12-25
"""

EITHER = """
Talks set for Jan. 19 in Rome. | Jan. 19 | at | 2020-01-19 | 2020-01-19
Talks set for 10 January in Rome. | 10 January | at | 2020-01-10 | 2020-01-10
Talks set for 20 December in Rome. | 20 December | at | 2019-12-20 | 2019-12-20
Talks set for 20 July in Rome. | 20 July | at | 2019-07-20 | 2019-07-20
Talks on 15 July. | on 15 July | at | 2019-07-15 | 2019-07-15
Talks on 12-16 July. | on 12-16 July | at | 2020-07-12 | 2020-07-16
Talks on 14 July. | on 14 July | at | 2020-07-14 | 2020-07-14
"""

UNKNOWN = """
It was signed on 05/03/2019. | on 05/03/2019
It was signed on Feb 30. | on Feb 30
It was signed on 31 April 2019. | on 31 April 2019
It was signed on 2019-13-05. | on 2019-13-05
It recently opened. | recently
It will open soon. | soon
They met during Ramadan. | during Ramadan
They met on Eid al-Adha. | on Eid al-Adha
It began at dawn. | at dawn
It began at 6 a.m. local time. | at 6 a.m. local time
It began on the eve of the summit. | on the eve of
He left the next morning. | the next morning
He left the following day. | the following day
He left two days later. | two days later
He left the day before the talks. | the day before
They meet every Friday. | every Friday
They took it in three days. | in three days
They met that week. | that week
He left that evening. | that evening
They met the previous weekend. | the previous weekend
They met in the preceding three days. | in the preceding three days
They met before Easter. | before Easter
The war lasted from 2016 to 2014. | from 2016 to 2014
"""

DURATIONS = [
    ("They fought for nine months.", "for nine months", 274),
    ("A 72-hour truce was agreed.", "A 72-hour", 3),
    ("They gave him 60 days.", "60 days", 60),
    ("After nine months of fighting they talked.", "nine months", 274),
    ("He asked for a week.", "for a week", 7),
    ("They held it for two and a half years.", "for two and a half years", 913),
    ("A nine-month siege ended.", "A nine-month", 274),
    ("A week-long truce ended.", "A week-long", 7),
    ("They fought for weeks.", "for weeks", None),
    ("They fought for several days.", "for several days", None),
    ("A truce of six to nine months was agreed.", "six to nine months", 274),
    ("They fought for twenty-one days.", "for twenty-one days", 21),
    ("They fought for two decades.", "for two decades", 7305),
    ("A 12-hour truce was agreed.", "A 12-hour", 1),
    ("They talked for a year and a half.", "for a year and a half", 548),
]

NO_TIME = """
Rebels march on the capital.
March on Tripoli continues.
The army may attack.
MAY the talks succeed.
2,014 people were killed.
It passed Resolution 1701 and Resolution 2019.
See page 12 of the report.
A 25-year-old man and a man aged 30, 45 years old, died.
M23 rebels took the town.
The March 23 Movement took the town.
The May 17 Brigade took the town.
The February 17 Martyrs Brigade left.
The April 6 Youth Movement protested.
The office is open Monday-to-Friday.
Wait a second; the second round failed and the Second Army left.
Theresa May met Jan Kubis and April Smith.
The Sunday Times reported it.
The Arab Spring and the fall of Aleppo changed it.
Between 1900 and 2100 fighters left; from 2000 to 3000 fighters stayed.
Some 2014 soldiers left.
USA Today reported it.
Tariq Ramadan left.
Bloody Sunday is a name.
Black Friday is a name.
The Mail on Sunday reported it.
They meet every two weeks.
As soon as he arrives.
He was paid $2014 and 2000 euros.
He drinks three times a day.
The Great March of Return went on.
They joined the March on Rome.
He holds X2014 and £2014.
Twelve thousand men, a few tanks and several guns.
""".strip().splitlines()


def rows(table: str) -> list[list[str]]:
    return [
        [cell.strip(" ") for cell in line.split("|")]
        for line in table.replace("\n", "\x00").replace("\x00in R", "\nin R").split("\x00")
        if line
    ]


def day(cell: str) -> date | None:
    return None if cell == "-" else date.fromisoformat(cell)


def only(sentence: str) -> TimePhrase:
    found = find_times(sentence)
    assert len(found) == 1, [phrase.text for phrase in found]
    return found[0]


@pytest.mark.parametrize(
    ("past", "row"),
    [(True, row) for row in rows(PAST)]
    + [(False, row) for row in rows(FUTURE)]
    + [(None, row) for row in rows(EITHER)],
)
def test_interval(past: bool | None, row: list[str]) -> None:
    sentence, text, role, earliest, latest = row
    phrase = only(sentence)
    when = resolve(phrase, REPORT, past=past)
    assert (phrase.text, phrase.role, when.earliest, when.latest) == (text, role, day(earliest), day(latest))
    assert when.phrase == text == sentence[phrase.start : phrase.end]


@pytest.mark.parametrize(("sentence", "text"), rows(UNKNOWN))
def test_no_day_given(sentence: str, text: str) -> None:
    phrase = only(sentence)
    assert resolve(phrase, REPORT) == When(phrase=text, basis=Basis.UNKNOWN)


@pytest.mark.parametrize(("sentence", "text", "days"), DURATIONS)
def test_duration(sentence: str, text: str, days: int | None) -> None:
    phrase = only(sentence)
    assert (phrase.text, phrase.role, phrase.days) == (text, "duration", days)
    assert resolve(phrase, REPORT).basis is Basis.UNKNOWN


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Ten died in the past 24 hours.", 1),
        ("They fought for the past three days.", 3),
        ("They met last week.", None),
        ("They met in recent weeks.", None),
    ],
)
def test_a_stretch_has_a_length(sentence: str, days: int | None) -> None:
    assert only(sentence).days == days


def test_what_stands_inside_a_noun_phrase_has_no_preposition() -> None:
    phrase = only("They said in the March 2014 agreement that they would leave.")
    assert (phrase.text, phrase.word, phrase.attributive) == ("March 2014", "", True)


@pytest.mark.parametrize("known", [When(earliest=REPORT, basis=Basis.STATED), When(latest=REPORT, basis=Basis.STATED)])
def test_a_time_with_one_open_end_can_be_counted_from(known: When) -> None:
    when = resolve(only("He left the next day."), REPORT, anchor=known)
    assert when.earliest == when.latest == REPORT + timedelta(days=1)


@pytest.mark.parametrize("sentence", NO_TIME)
def test_no_time(sentence: str) -> None:
    assert [phrase.text for phrase in find_times(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "A truce from 6 a.m. on Sunday will hold for 60 days, until March 5, 2020.",
            ["from 6 a.m. on Sunday", "for 60 days", "until March 5, 2020"],
        ),
        (
            "The talks in Berlin on Jan. 19 follow nine months of fighting since April 2019.",
            ["on Jan. 19", "nine months", "since April 2019"],
        ),
        ("On Monday he said that 20 died in 2014.", ["On Monday", "in 2014"]),
        ("They met on Monday and on 5 March 2019.", ["on Monday", "on 5 March 2019"]),
        (
            "They met on Monday, and in May 2019 and on Friday they fought.",
            ["on Monday", "in May 2019", "on Friday"],
        ),
    ],
)
def test_several(sentence: str, texts: list[str]) -> None:
    assert [phrase.text for phrase in find_times(sentence)] == texts


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("on 5 March 2019", Basis.STATED),
        ("between January and March 2019", Basis.STATED),
        ("since 2014", Basis.STATED),
        ("in spring 2014", Basis.STATED),
        ("on Monday", Basis.MISSING),
        ("on 5 March", Basis.MISSING),
        ("in April", Basis.MISSING),
        ("within 48 hours", Basis.MISSING),
        ("two days ago", Basis.MISSING),
        ("recently", Basis.UNKNOWN),
        ("for nine months", Basis.UNKNOWN),
        ("the following day", Basis.UNKNOWN),
    ],
)
def test_without_report_day(sentence: str, basis: Basis) -> None:
    when = resolve(only(f"It happened {sentence}."), None)
    assert when.basis is basis
    assert (when.earliest is None) == (basis is not Basis.STATED)
    assert when.phrase
    assert when.phrase in sentence


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("the next morning", "2019-03-06", "2019-03-06"),
        ("the same day", "2019-03-05", "2019-03-05"),
        ("the day before", "2019-03-04", "2019-03-04"),
        ("two days later", "2019-03-07", "2019-03-07"),
        ("three weeks earlier", "2019-02-09", "2019-02-15"),
        ("the following month", "2019-04-01", "2019-04-30"),
        ("the previous week", "2019-02-25", "2019-03-03"),
    ],
)
def test_anchor(words: str, earliest: str, latest: str) -> None:
    anchor = resolve(only("on 5 March 2019"), None)
    when = resolve(only(f"He left {words}."), None, anchor=anchor)
    assert (when.earliest, when.latest, when.basis) == (day(earliest), day(latest), Basis.STATED)


def test_the_named_day_without_its_preposition() -> None:
    phrase = only("The truce will hold until Sunday.")
    assert resolve_named(phrase, REPORT, past=False).earliest == date(2020, 1, 19)
    assert resolve(phrase, REPORT, past=False).earliest is None


def test_attributive() -> None:
    assert only("Both broke the March 2014 agreement.").attributive
    assert only("Both condemned Monday's attack.").attributive
    assert not only("Both met on Monday in Rome.").attributive


_VOCABULARY = """
on in since until from to and between the of early mid- late last next this Monday Friday May March Jan. 5 12th 30 2014
2019, 2,014 days weeks ago within 48 hours a two few months before after midnight 6 a.m. end weekend week month year – - ;
later earlier ’s people İ Movement 05/03/2019 2019-02-30 9999 0 today tomorrow year's Eve new coming recent past for nine
half and decades century ago following day before
"""
_WORDS = st.sampled_from(_VOCABULARY.split())
_TEXTS = st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
_REPORT_DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.sampled_from([date.min, date.max])


@settings(max_examples=600, deadline=None)
@given(_TEXTS)
def test_phrases_are_quotes_in_order(text: str) -> None:
    end = 0
    for phrase in find_times(text):
        assert end <= phrase.start < phrase.end
        assert phrase.text == text[phrase.start : phrase.end] == phrase.text.strip()
        assert phrase.role in ("at", "from", "until", "duration", "range")
        assert phrase.days is None or phrase.days > 0
        end = phrase.end
    assert find_times(text) == find_times(text)


@settings(max_examples=600, deadline=None)
@given(_TEXTS, _REPORT_DAYS, st.booleans(), st.none() | st.dates().map(lambda d: When(earliest=d, latest=d)))
def test_every_phrase_resolves(text: str, report: date | None, past: bool, anchor: When | None) -> None:
    for phrase in find_times(text):
        when = resolve(phrase, report, past=past, anchor=anchor)
        assert when.phrase == phrase.text
        if when.basis in (Basis.UNKNOWN, Basis.MISSING):
            assert when.earliest is when.latest is None
        else:
            assert when.earliest or when.latest
        if report is None:
            assert when.basis is not Basis.RELATIVE or anchor


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)), _REPORT_DAYS, st.booleans())
def test_a_full_date_means_itself(named: date, report: date | None, past: bool) -> None:
    month = named.strftime("%B")
    for words in (
        f"{named.day} {month} {named.year}",
        f"{month} {named.day}, {named.year}",
        named.isoformat(),
    ):
        when = resolve(only(f"They met on {words} in Rome."), report, past=past)
        assert (when.earliest, when.latest, when.basis) == (named, named, Basis.STATED)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
@example(REPORT, 1)
def test_a_weekday_is_within_a_week(report: date, number: int) -> None:
    name = (date(2020, 1, 13) + timedelta(days=number)).strftime("%A")
    phrase = only(f"They met on {name}.")
    past, future = resolve(phrase, report).earliest, resolve(phrase, report, past=False).earliest
    assert past
    assert future
    assert past.weekday() == future.weekday() == number
    assert timedelta(0) <= report - past < timedelta(days=7) > future - report >= timedelta(0)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(2019, 1, 1), date(2019, 12, 31)))
def test_a_date_without_year_is_the_last_such_day(report: date, named: date) -> None:
    when = resolve(only(f"They met on {named.day} {named.strftime('%B')}."), report)
    assert when.earliest
    assert (when.earliest.month, when.earliest.day) == (named.month, named.day)
    assert timedelta(0) <= report - when.earliest <= timedelta(days=366)


@pytest.mark.parametrize(
    "piece",
    ["1", "12 ", "the last ", "a ", "on the end of the ", "January ", "2014-", "Monday and ", "(", "6:"],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count + " Monday"
        start = time.process_time()
        find_times(text)
        return time.process_time() - start

    few = min(seconds(2_000) for _ in range(3))
    assert seconds(20_000) < 30 * few + 0.01  # ten times as much is 10, what grows with the square 100
