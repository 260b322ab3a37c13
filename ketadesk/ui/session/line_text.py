"""The line that would record a kept reading, as the entry line takes it back for amending."""

from ketadesk.domain.written_line import written as written
