# Needs Python 3.11-3.13 and make; each target sets up .venv by itself on first use.
PYTHON ?= python3
BIN := .venv/bin
CORPUS ?= /work/shared/data/guardian_sample.csv.zip
CASES ?= /work/shared/data/PLV_train.tsv

export OPENBLAS_NUM_THREADS := 1

.PHONY: help demo case records test check bench gate rules readme examples reference manual sbom audit clean

help:
	@echo "make demo   read the sample reports, follow two conflicts through the sample corpus, print their briefs, and say how to open the desk"
	@echo "make test   run the tests"
	@echo "make check  ruff, ruff format, mypy --strict, bandit, the order of the layers"
	@echo "make bench  time and memory of reading and coding against bare spaCy, of the ledger against bare sqlite3; what pages cost; how time grows"
	@echo "make case   CASE='words of its title' [UPDATE=1]: run the cases of that title; with UPDATE=1 write what is read now"
	@echo "make records  write into tests/records what is read in the sample reports now: look at the difference before you commit it"
	@echo "make gate   score on judged cases; refuses to sink under the floor"
	@echo "make rules  try every frame on its own sentences"
	@echo "make readme run the commands of README and of pages in docs/ again and put their output in"
	@echo "make examples  read the examples in docs/ again and draw the pictures"
	@echo "make reference write docs/reference anew from the program's own words"
	@echo "make manual build the manual as a site in build/manual, warnings as errors, and look through its links"
	@echo "make sbom   list what pip install brings, as CycloneDX: dist/dragoman.cdx.json"
	@echo "make audit  ask the advisory database of PyPI about what is installed (needs the net)"
	@echo "make clean  remove .venv and caches"

.venv/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else "dragoman: Python %d.%d found; set PYTHON to Python 3.11, 3.12 or 3.13" % v)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -e '.[dev]'
	touch $@

demo: .venv/.ready
	@$(BIN)/python tools/demo.py

test: .venv/.ready
	$(BIN)/python -m pytest -n 2 --dist loadfile

case: .venv/.ready
	$(BIN)/python -m pytest -n 0 tests/test_cases.py --case "$(CASE)" $(if $(UPDATE),--update)

records: .venv/.ready
	$(BIN)/python -m pytest -q -n 0 tests/test_records_kept.py tests/test_relations_kept.py --update

check: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive src
	$(BIN)/python -m pytest -p no:cacheprovider tests/test_layers.py

bench: .venv/.ready
	@worst=0; \
	$(BIN)/python benchmarks/bench_read.py --corpus $(CORPUS) --rows $(CASES) || worst=1; \
	$(BIN)/python benchmarks/bench_code.py --corpus $(CORPUS) || worst=1; \
	$(BIN)/python benchmarks/bench_formats.py || worst=1; \
	$(BIN)/python benchmarks/bench_ledger.py || worst=1; \
	$(BIN)/python benchmarks/bench_desk.py || worst=1; \
	$(BIN)/python benchmarks/bench_growth.py || worst=1; \
	exit $$worst

gate: .venv/.ready
	$(BIN)/dragoman gate $(if $(wildcard $(CASES)),--rows $(CASES)) $(if $(wildcard gate/judged/*.toml),--reports gate)

rules: .venv/.ready
	$(BIN)/dragoman rules check

readme: .venv/.ready
	$(BIN)/python tools/readme.py

examples: .venv/.ready
	$(BIN)/python tools/examples.py
	$(BIN)/python tools/clause_pictures.py
	$(BIN)/python tools/layer_picture.py

reference: .venv/.ready
	$(BIN)/python tools/reference.py

manual: .venv/.ready
	$(BIN)/python tools/reference.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/python tools/check_site.py build/manual

sbom: .venv/.ready
	$(BIN)/python tools/sbom.py

audit: .venv/.ready
	$(BIN)/pip-audit --local --skip-editable --progress-spinner off

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks build dist src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
