"""`ask --chart`: a picture is written, or what is wrong is said in one line, with exit code 2."""

from pathlib import Path

import pytest

from tests_of_charts import run  # replaced below
