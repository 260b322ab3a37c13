"""A type of its own for each kind of row number, so that a chair is never taken for a patient."""

from typing import NewType

StaffId = NewType("StaffId", int)
ChairId = NewType("ChairId", int)
ProtocolId = NewType("ProtocolId", int)
ClosureId = NewType("ClosureId", int)
PatientId = NewType("PatientId", int)
AllergyId = NewType("AllergyId", int)
MedicationId = NewType("MedicationId", int)
EscortId = NewType("EscortId", int)
CourseId = NewType("CourseId", int)
AppointmentId = NewType("AppointmentId", int)
SessionId = NewType("SessionId", int)
OrderId = NewType("OrderId", int)
AnswerId = NewType("AnswerId", int)
ReadingId = NewType("ReadingId", int)
EventId = NewType("EventId", int)
SheetId = NewType("SheetId", int)
WaitlistId = NewType("WaitlistId", int)
ActionId = NewType("ActionId", int)

Uuid = NewType("Uuid", str)
"""Made by whoever fills in a form, before it is sent: sending the form twice writes it once."""


def new_uuid() -> Uuid:
    from uuid import uuid4  # looks at the machine it runs on: not while the window starts

    return Uuid(str(uuid4()))
