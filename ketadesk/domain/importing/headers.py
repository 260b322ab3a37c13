"""Which column of an export means what, by the names that other systems give their columns.

Names are compared without case, accents, spaces and punctuation. First the names known outright,
then the words in them; a column about someone else (an emergency contact, an insurer, a referring
doctor) is never taken for the patient's own. What is not recognised is kept in the note.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from ketadesk.domain.dates import DateOrder
from ketadesk.domain.importing.source import Field, SourceRow
from ketadesk.domain.names import folded


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLOSE_ENOUGH = 0.92
"""difflib's ratio from which a column's name counts as misspelt: one slip in nine letters."""

_KNOWN_NAMES: dict[Field, str] = {
    Field.GIVEN_NAME: """fname first firstname firstnames given givenname givennames forename
        forenames namefirst namegiven legalfirstname nombre nombres primernombre nombredepila""",
    Field.MIDDLE_NAME: """mname mi middle middlename middlenames middlei middleinitial namemiddle
        secondname segundonombre""",
    Field.FAMILY_NAME: """lname last lastname surname surnames family familyname
        familynames lastnames namelast namefamily
        legallastname apellido apellidos apellido1 primerapellido apellidopaterno lastname1
        sobrenome""",
    Field.SECOND_FAMILY_NAME: """apellido2 segundoapellido apellidomaterno secondlastname
        secondsurname familyname2 lastname2""",
    Field.FULL_NAME: """name fullname completename displayname legalname namefull nombrecompleto
        nome nomecompleto
        nombreyapellido nombreyapellidos nombresyapellidos nombreapellidos apellidosynombre
        apellidosnombre apellidoynombre apellidosynombres patient client paciente lastfirst
        lastnamefirstname firstnamelastname namelastfirst""",
    Field.CALLED_NAME: """calledname preferredname preferredfirstname preferred preferredgivenname
        chosenname nickname nick goesby knownas usualname nombrepreferido apodo alias""",
    Field.BIRTH_DATE: """dob born birth birthdate birthdt birthday bdate dateofbirth datebirth
        dobdate fnac fnacimiento fecnac fecnacimiento fechanac fechanacimiento fechadenacimiento
        fechadenac nacimiento datanascimento datadenascimento""",
    Field.RECORD_NUMBER: """pubpid mrn mrnumber medicalrecordnumber medicalrecordno medicalrecordnum
        medicalrecordid medicalrecord recordnumber recordno recordid recid chart chartnumber chartno
        chartid nhc historia historiaclinica numhistoria nhistoria nhistoriaclinica numerohistoria
        numerohistoriaclinica numerodehistoria numerodehistoriaclinica numhistoriaclinica
        identifier uhid hospitalnumber emrid
        externalid patientnumber patnum patientno patientid patid pid clientid clientnumber puid prn
        idpaciente accountnumber accountno registrationnumber demographicno id number""",
    Field.MOBILE_PHONE: """mobile mobilephone mobilenumber mobileno mobilephonenumber phonemobile
        cell cellphone cellnumber cellphonenumber phonecell wireless wirelessphone movil
        telefonomovil celular telefonocelular telmovil mobiletelephone mobile1""",
    Field.PHONE: """phone phones phone1 phone2 phoneno phonenumber phonenumber1 primaryphone
        primaryphonenumber mainphone preferredphone phoneprimary tel telno telephone
        telephonenumber contactnumber contactphone contactno bestphone dayphone daytimephone
        telefono telefone telefonos telefono1 telefonodecontacto telefonocontacto
        telefonoprincipal""",
    Field.HOME_PHONE: """homephone homephonenumber homenumber hometelephone hometel phonehome
        hmphone landline fijo telefonofijo telefonocasa telefonodomicilio telefonoparticular""",
    Field.WORK_PHONE: """workphone workphonenumber phonework phonebiz wkphone businessphone
        officephone telefonotrabajo""",
    Field.EMAIL: """email emails email1 emailaddress emailaddress1 primaryemail personalemail
        homeemail mail correo correoelectronico emaildireccion direccionemail""",
    Field.HOUSE_NUMBER: "housenumber streetnumber streetno houseno numerodecalle numeroportal",
    Field.STREET: """street street1 streetaddress streetaddress1 streetline1 address address1
        addressline addressline1 addr addr1 addressstreet homeaddress mailingaddress fulladdress
        residentialaddress line1 direccion direccion1 direccioncompleta domicilio calle""",
    Field.STREET_MORE: """street2 streetaddress2 streetline2 address2 addressline2 addr2 line2 apt
        apartment unit unitnumber suite
        address3 addressline3 direccion3 direccion2 piso""",
    Field.CITY: "city town suburb cityvillage citytown ciudad localidad poblacion municipio",
    Field.STATE: "state stateshort province stateprovince stateregion st provincia estado",
    Field.POSTAL_CODE: "zip zipcode postal postalcode postcode zippostal cp codigopostal",
    Field.COUNTRY: "country countrycode pais",
    Field.LANGUAGE: """language lang languages preferredlanguage primarylanguage spokenlanguage
        spokenlang
        idioma idiomapreferido lengua""",
    Field.WRITTEN_LANGUAGE: "writtenlanguage idiomaescrito",
    Field.INTERPRETER: """interpreter interpretter interpreterneeded interpreterrequired
        needsinterpreter requiresinterpreter interprete necesitainterprete""",
    Field.NOTE: """note notes comment comments remarks generalnotes nota notas observaciones
        comentario comentarios""",
    Field.DECEASED: """deceased isdeceased deceaseddate datedeceased deathdate dateofdeath dod dead
        isdead death died deceasedflag deceasedyn fallecido fallecida fechafallecimiento
        fechadefallecimiento fechadefuncion fechadedefuncion exitus""",
    Field.STATUS: "status recordstatus accountstatus patstatus",
    Field.ACTIVE: "active isactive activo activa",
    Field.INACTIVE: """inactive isinactive discharged archivedat deletedat archived isarchived
        deleted isdeleted inactivo
        archivado""",
    Field.NOT_KEPT: """ss ssn ssnumber ssno nss sin itin socsecid socsec drivers driverslicense
        dni nie nif curp rfc cpf drivinglicense license licence licencenumber licensenumber pin""",
    Field.OWN_REMARK: "ketadeskline ketadeskreason",
}
_FIELD_OF_NAME = {name: field for field, names in _KNOWN_NAMES.items() for name in names.split()}
_LONG_NAMES = tuple(
    name
    for name, field in _FIELD_OF_NAME.items()
    if len(name) >= 6 and field in (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.BIRTH_DATE)
)
_RANK_OF_NAME = {
    name: rank for names in _KNOWN_NAMES.values() for rank, name in enumerate(names.split())
}
ORDERS: tuple[DateOrder, ...] = ("ymd", "mdy", "dmy")
_OWNERS = ("patients", "patient", "client", "paciente", "person", "pat", "pt", "primary", "legal")
_OWNERS_AFTER = ("delpaciente", "paciente", "ofpatient", "patient")
_NEVER_KEPT = re.compile(
    r"(^|\b)(ssn|passport|pasaporte|password|passwd|contrasena|iban|cvv)|social ?sec|seguridad ?soc"
    r"|driver\w* ?(s )?lic|driving lic|credit ?card|card ?number|tax ?id|national ?id"
    r"|soc ?sec|bank ?account"
)
_SSN_SHAPE = re.compile(r"\d{3}-\d{2}-\d{4}")
_OTHERS = _words_of(
    """
    emergency contact guarantor responsible insured insurance insurer subscriber guardian
    parent mother father spouse partner husband wife provider doctor dr physician clinician
    therapist practitioner referring referral referred referrer employer pharmacy kin nok
    carer caregiver policy holder payer payor billing relationship maiden previous former
    other alternate alternative secondary birthplace emergencia contacto responsable seguro
    aseguradora tutor tutora madre padre conyuge pareja medico medica doctora farmacia
    empresa titular familiar consent carrier opt optin optout type kind reminder reminders
    verified ext extension allowed allow ok preference preferences place lugar created
    updated modified visit seen appointment user username login gender sex time order cause
    reason certificate registration registered ip invoice url web website fax pager is has
    """
)
_HOLDERS = _words_of("patient patients party person client individual address addresses attributes")
_LABELS = _words_of("record name code")
_KNOWN_BY_LABEL = (Field.LANGUAGE, Field.COUNTRY, Field.STATE, Field.CITY)
_PHONE_WORDS = frozenset({"phone", "telephone", "tel", "telefono", "number", "numero", "no"})
_MOBILE_WORDS = frozenset({"mobile", "cell", "cellular", "cellphone", "movil", "celular"})
_HINTED_ORDER = re.compile(r"\b(mm?|dd?|y{2,4}|a{2,4})\W?(mm?|dd?)\W?(dd?|mm?|y{2,4}|a{2,4})\b")


def recognise(headers: Sequence[str], rows: Sequence[SourceRow]) -> dict[str, Field | None]:
    """The proposed meaning of every column, from its name and, where names mislead, its values."""
    found = {header: field_of(header) for header in headers}
    for position, header in enumerate(headers):
        values = _first_values(rows, position)
        if values and all(_SSN_SHAPE.fullmatch(value) for value in values):
            found[header] = Field.NOT_KEPT
        elif found[header] is Field.STATE and {folded(value) for value in values} & {
            "activo",
            "activa",
            "inactivo",
            "inactiva",
        }:
            found[header] = Field.STATUS
    _find_misspelt(found)
    _keep_one_record_number(found, headers, rows)
    fields = set(found.values())
    if Field.FAMILY_NAME not in fields and Field.FULL_NAME not in fields:
        for header, field in found.items():
            if field is Field.GIVEN_NAME and _key(header).startswith("nombre"):
                found[header] = Field.FULL_NAME
    return found


def field_of(header: str) -> Field | None:
    """What a column of this name means, None when nothing that a patient's record has room for."""
    header = _end_of_path(header)
    for text in (header, re.sub(r"\(.*?\)|\[.*?\]", " ", header)):
        words = _words(text)
        if _NEVER_KEPT.search(" ".join(words)):
            return Field.NOT_KEPT
        name = _known_name("".join(words))
        if name is not None:
            return _FIELD_OF_NAME[name]
    return _by_words(frozenset(_words(header)))


def _end_of_path(header: str) -> str:
    """What a path such as "Patient/Addresses/City" or "Patient/Language/Name" comes down to."""
    parts = re.split("[/.]", header)
    while len(parts) > 1 and _only(parts[0], _HOLDERS):
        parts.pop(0)
    if len(parts) == 2 and _only(parts[1], _LABELS) and field_of(parts[0]) in _KNOWN_BY_LABEL:
        parts.pop()
    return "/".join(parts)


def _only(text: str, allowed: frozenset[str]) -> bool:
    words = frozenset(_words(text))
    return bool(words) and words <= allowed


def hinted_order(header: str) -> DateOrder | None:
    """The order that a header itself names, as in "DOB (mm/dd/yyyy)"; None when it names none."""
    hint = _HINTED_ORDER.search(folded(header))
    if hint is None:
        return None
    order = "".join("y" if part[0] in "ya" else part[0] for part in hint.groups())
    return next((known for known in ORDERS if known == order), None)


def _known_name(key: str) -> str | None:
    if key in _FIELD_OF_NAME:
        return key
    for owner in _OWNERS:
        if key.startswith(owner) and key.removeprefix(owner) in _FIELD_OF_NAME:
            return key.removeprefix(owner)
    for owner in _OWNERS_AFTER:
        if key.endswith(owner) and key.removesuffix(owner) in _FIELD_OF_NAME:
            return key.removesuffix(owner)
    return None


def _by_words(words: frozenset[str]) -> Field | None:
    """What the words of an unknown name say together; nothing when they speak of someone else."""
    if words & _OTHERS:
        return None
    if words & {"dob"} or (words & {"birth", "nacimiento"} and words & {"date", "dt", "fecha"}):
        return Field.BIRTH_DATE
    if words & {"email", "correo"}:
        return Field.EMAIL
    if words & _MOBILE_WORDS and (words & _PHONE_WORDS or len(words) == 1):
        return Field.MOBILE_PHONE
    if words & {"phone", "telephone", "telefono"}:
        if words & {"home", "casa", "fijo"}:
            return Field.HOME_PHONE
        return Field.WORK_PHONE if words & {"work", "office", "trabajo"} else Field.PHONE
    if "mrn" in words:
        return Field.RECORD_NUMBER
    if words & {"name", "nombre"}:
        return _name_by_words(words)
    if words & {"zip", "postcode"} or {"postal", "code"} <= words:
        return Field.POSTAL_CODE
    return None


def _name_by_words(words: frozenset[str]) -> Field | None:
    for field, said in (
        (Field.CALLED_NAME, {"preferred", "chosen", "nick"}),
        (Field.GIVEN_NAME, {"first", "given"}),
        (Field.FAMILY_NAME, {"last", "family"}),
        (Field.MIDDLE_NAME, {"middle"}),
        (Field.FULL_NAME, {"full", "complete", "patient", "client", "completo", "paciente"}),
    ):
        if words & said:
            return field
    return None


def _find_misspelt(found: dict[str, Field | None]) -> None:
    """What an import can't do without, in columns one slip away from its names ("fist_name")."""
    taken = set(found.values())
    for header, field in found.items():
        key = _key(header)
        if field is not None or len(key) < 6 or _OTHERS & frozenset(_words(header)):
            continue
        near = get_close_matches(key, _LONG_NAMES, n=1, cutoff=CLOSE_ENOUGH)
        if near and _FIELD_OF_NAME[near[0]] not in taken:
            found[header] = _FIELD_OF_NAME[near[0]]
            taken.add(found[header])


def _keep_one_record_number(
    found: dict[str, Field | None], headers: Sequence[str], rows: Sequence[SourceRow]
) -> None:
    """Of several numbers the one that people use most and every row has: never a mixture."""
    numbers = [header for header in headers if found[header] is Field.RECORD_NUMBER]
    if len(numbers) < 2:
        return
    numbers.sort(key=lambda header: _RANK_OF_NAME.get(_known_name(_key(header)) or "", 0))
    kept = next(
        (header for header in numbers if _tells_apart(rows, headers.index(header))), numbers[0]
    )
    for header in numbers:
        if header != kept:
            found[header] = None


def _tells_apart(rows: Sequence[SourceRow], position: int) -> bool:
    values = [row.values[position].strip() for row in rows if not row.fault]
    return all(values) and len(set(values)) == len(values)


def _first_values(rows: Sequence[SourceRow], position: int, most: int = 50) -> list[str]:
    values = []
    for row in rows[: most * 4]:
        if position < len(row.values) and (value := row.values[position].strip()):
            values.append(value)
            if len(values) == most:
                break
    return values


def samples(
    headers: Sequence[str], rows: Sequence[SourceRow], *, most: int = 3
) -> Mapping[str, tuple[str, ...]]:
    """The first few values of each column, for a person to see what it holds."""
    return {
        header: tuple(_first_values(rows, position, most))
        for position, header in enumerate(headers)
    }


def _key(header: str) -> str:
    return "".join(_words(header))


def _words(header: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.replace("º", " ").replace("ª", " "))
    return re.findall(r"[a-z0-9]+", folded(spaced))
