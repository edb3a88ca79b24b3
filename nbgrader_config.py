"""Wiring of nbgrader for this course: names, limits and paths. Works for every `nbgrader` command run here."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "chainrule"
c.CourseDirectory.groupshared = False

# What students see in place of a solution.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# A mark scheme stands in a locked cell under the written answer: students get the cell without the scheme.
c.ClearMarkScheme.enforce_metadata = False

# `nbgrader export`: its own columns, with names quoted, and empty where there is no mark.
c.ExportApp.plugin_class = "chainrule.exporting.plugins.CsvExport"

# `nbgrader zip_collect`: archives opened with care, and notebooks known by their cells, as `chainrule collect` does.
c.ZipCollectApp.extractor_plugin = "chainrule.collecting.plugins.CarefulExtractor"
c.ZipCollectApp.collector_plugin = "chainrule.collecting.plugins.CellCollector"

# Rebuilt submissions, sandboxed warm kernels, the referee's verdicts, feedback without hidden tests.
# Limits for students' code are traits of c.Examine: `c.Examine.cell_seconds = 30`, `c.Examine.memory_mb = 2048` ...
import chainrule.engine  # noqa: E402

chainrule.engine.switch_on(c)
