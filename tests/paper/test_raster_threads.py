"""A preview on one thread and a print on another: pdfium itself bears only one at a time."""

from threading import Thread

from ketadesk.paper.raster import pages, pages_of_width
from ketadesk.paper.render import render
from tests.paper.sample_facts import AFTERCARE


def test_two_threads_draw_the_same_pages() -> None:
    pdf = render(AFTERCARE).pdf
    expected = pages(pdf, dpi=40)
    drawn: list[object] = []

    def draw() -> None:
        for _ in range(15):
            drawn.append(pages(pdf, dpi=40))
            assert len(pages(pdf, dpi=20)) == len(expected)
            pages_of_width(pdf, width=300)

    threads = [Thread(target=draw) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 45
    assert all(one == expected for one in drawn)
