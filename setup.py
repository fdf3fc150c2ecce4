"""What pyproject.toml cannot say: how notebooks travel, and how an index shows the README."""

import re
import tomllib
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent
HOME = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]["Repository"]


def read_readme() -> str:
    """The README with absolute links: on an index there is no file beside it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    readme = re.sub(r"(!\[[^\]]*\]\()(?!https?:)", rf"\g<1>{HOME}/raw/main/", readme)
    return re.sub(r"((?<!!)\[[^\]]*\]\()(?!https?:|#)", rf"\g<1>{HOME}/blob/main/", readme)


# In a clone the notebooks stand at the top, where people look; installed, inside the package.
setup(
    packages=[*find_packages("lib"), "dateline.notebooks"],
    package_dir={"": "lib", "dateline.notebooks": "notebooks"},
    long_description=read_readme(),
    long_description_content_type="text/markdown",
)
