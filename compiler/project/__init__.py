"""The project file: where rules, schema and data are, and in which time zone."""

from scoreline.compiler.project.reading import PROJECT_FILE as PROJECT_FILE
from scoreline.compiler.project.reading import DataFiles as DataFiles
from scoreline.compiler.project.reading import Project as Project
from scoreline.compiler.project.reading import find_project as find_project
from scoreline.compiler.project.reading import read_project as read_project
