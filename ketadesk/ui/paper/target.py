"""What the Sheets view can be asked to show besides a visit (its AppointmentId) or a day."""

from dataclasses import dataclass

from ketadesk.domain.ids import AppointmentId, PatientId
from ketadesk.services.sheets import SheetKind


@dataclass(frozen=True)
class OfPatient:
    """The patient's visit nearest to now; a bare id would be taken for an appointment's."""

    patient_id: PatientId


@dataclass(frozen=True)
class OfVisit:
    """One kind of sheet of a visit; an AppointmentId alone shows the kind that is needed next."""

    appointment_id: AppointmentId
    kind: SheetKind
