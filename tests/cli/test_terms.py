"""The command `terms` as a user runs it."""

from testimonia.core.layout import Layout


def test_terms(run, example: Layout) -> None:  # type: ignore[no-untyped-def]
    project = ("--project", str(example.root))
    assert run("terms", *project)[0] == 2
    run("build", *project)
    code, out, _ = run("terms", *project)
    assert code == 1
    assert max(map(len, out.splitlines())) <= 80
    code, out, _ = run("terms", "--scheme", "happening", "--once", *project)
    assert code == 1
    assert any(line.split()[-3:] == ["1", "used", "once"] for line in out.splitlines())
    assert not any(line.split()[-1:] == ["2"] for line in out.splitlines())
    assert "mocking-the-state" in run("terms", "--scheme", "charge", *project)[1]
    assert "unused\n" not in out.splitlines()[-1]
    code, out, _ = run("terms", "--scheme", "hedge", "--unused", *project)
    assert code == 0, "a scale that says why it is complete has no findings"
    assert "Complete by design" in out
    code, _, err = run("terms", "--scheme", "charg", *project)
    assert code == 2
    assert 'Did you mean "charge"' in err
