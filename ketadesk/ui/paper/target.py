"""What the Sheets view can be asked to show besides a visit (its AppointmentId) or a day."""

from dataclasses import dataclass

from ketadesk.domain.ids import PatientId


@dataclass(frozen=True)
class OfPatient:
    """The patient's visit nearest to now; a bare id would be taken for an appointment's."""

    patient_id: PatientId
