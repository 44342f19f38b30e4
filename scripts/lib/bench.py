"""What scripts/bench does with the rows that its programs measured.

  bench.py merge OUT ROWS…        writes all rows, with what they were measured on, into OUT, and prints the table
  bench.py compare OLD NEW        prints what moved between two such files
  bench.py markdown FILE          prints the table as Markdown
"""
import datetime
import json
import os
import platform
import subprocess
import sys

NOISE = 0.1  # what moves by less has not moved


def first_value(path, name):
    with open(path) as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith(name)), "unknown")


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def machine():
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return {
        "processor": first_value("/proc/cpuinfo", "model name"),
        "processors": os.cpu_count(),
        "memory": f"{int(first_value('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f} GiB",
        "system": f"{system}, Linux {platform.release()}",
        "compiler": output_of("c++", "--version").splitlines()[0],
        "load meanwhile": f"{os.getloadavg()[2]:.1f} processes wanted a processor at a time",
    }


def number(value):
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) >= 10 else f"{value:.3f}"


def quantity(row, value):
    return f"{number(value)}{'' if row['unit'].startswith('/') else ' '}{row['unit']}".strip()


def target(row):
    for name, text in (("at_most", "≤"), ("at_least", "≥")):
        if name in row:
            return f"{text} {row[name]:,g}"
    return ""


def ratio(row):
    if "floor" not in row:
        return ""
    floor = row["floor"]
    return f"{number(row['ratio'])} × {floor['name']} ({number(floor['value'])})"


def cells(row):
    return [row["name"], quantity(row, row["value"]), target(row), row["verdict"], ratio(row)]


def print_table(lines):
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def merge(out, files):
    rows = []
    for name in files:
        with open(name) as file:
            rows += json.load(file)
    when = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    with open(out, "w") as file:
        json.dump({"measured_at": when, "machine": machine(), "rows": rows}, file, indent=2, ensure_ascii=False)
    print_table([["what", "measured", "target", "", "ratio to its floor"]] + [cells(row) for row in rows])


def read(name):
    with open(name) as file:
        return json.load(file)


def compare(old_name, new_name):
    old = {row["name"]: row for row in read(old_name)["rows"]}
    lines = [["what", "before", "after", "", ""]]
    for row in read(new_name)["rows"]:
        before = old.get(row["name"])
        if not before:
            lines.append([row["name"], "", quantity(row, row["value"]), "new", ""])
            continue
        change = row["value"] / before["value"] - 1 if before["value"] else 0.0 if row["value"] == 0 else 1.0
        moved = f"{change:+.0%}" if abs(change) >= NOISE else ""
        verdict = f"{before['verdict']}, now {row['verdict']}" if before["verdict"] != row["verdict"] else ""
        lines.append([row["name"], quantity(row, before["value"]), quantity(row, row["value"]), moved, verdict])
    print_table(lines)


def markdown(name):
    taken = read(name)
    print(f"Measured {taken['measured_at'][:10]} on:")
    for what, value in taken["machine"].items():
        print(f"* {what}: {value}")
    print("\n| what | measured | target | verdict | ratio to its floor |\n| --- | --- | --- | --- | --- |")
    for row in taken["rows"]:
        print("| " + " | ".join(cells(row)) + " |")


if __name__ == "__main__":
    {"merge": lambda out, *files: merge(out, files), "compare": compare, "markdown": markdown}[sys.argv[1]](*sys.argv[2:])
