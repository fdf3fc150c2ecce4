"""What pyproject.toml cannot say: how notebooks travel, and how an index shows the README."""

import re
import tomllib
from pathlib import Path
from shutil import copy

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
HOME = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]["Repository"]


def read_readme() -> str:
    """The README with absolute links: on an index there is no file beside it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    readme = re.sub(r"(!\[[^\]]*\]\()(?!https?:)", rf"\g<1>{HOME}/raw/main/", readme)
    return re.sub(r"((?<!!)\[[^\]]*\]\()(?!https?:|#)", rf"\g<1>{HOME}/blob/main/", readme)


class BuildWithNotebooks(build_py):
    """Put notebooks/, which stand at the top of a clone, inside the package that is built."""

    def run(self) -> None:
        """Build the package; an editable install finds the notebooks where they are."""
        super().run()
        if not self.editable_mode:
            home = Path(self.build_lib, "dateline", "notebooks")
            home.mkdir(parents=True, exist_ok=True)
            for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
                copy(notebook, home)


setup(
    cmdclass={"build_py": BuildWithNotebooks},
    long_description=read_readme(),
    long_description_content_type="text/markdown",
)
