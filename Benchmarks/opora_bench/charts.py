"""Bars as SVG, without anything but the standard library."""
import html

BLUE, GREY, RED, INK = "#2f6f9f", "#b8c0c8", "#b4483a", "#24292f"
LEFT, RIGHT, ROW, TOP = 300, 110, 26, 44


def bars(title, unit, rows):
    """A horizontal bar for each (name, median, lowest, highest, is it the kernel)."""
    most = max(high for _, _, _, high, _ in rows) or 1
    width, height = 820, TOP + ROW * len(rows) + 16
    scale = (width - LEFT - RIGHT) / most
    out = [head(width, height, title, unit)]
    for index, (name, value, low, high, is_kernel) in enumerate(rows):
        y = TOP + ROW * index
        middle = y + ROW / 2 - 2
        out.append(f'<text x="{LEFT - 8}" y="{middle + 4}" text-anchor="end">{html.escape(name)}</text>')
        out.append(f'<rect x="{LEFT}" y="{y}" width="{value * scale:.1f}" height="{ROW - 8}" fill="{BLUE if is_kernel else GREY}"/>')
        out.append(f'<path d="M{LEFT + low * scale:.1f} {middle}H{LEFT + high * scale:.1f}" stroke="{INK}" stroke-width="1.5"/>')
        out.append(f'<text x="{LEFT + high * scale + 6:.1f}" y="{middle + 4}">{number(value)}</text>')
    return "\n".join([*out, "</svg>\n"])


def line(title, unit, values, axis):
    """A line through values at equal distances, from 0 up."""
    width, height, foot = 820, 260, 40
    most = max(values) * 1.1 or 1
    step = (width - 80) / max(1, len(values) - 1)
    points = [(60 + step * i, height - foot - (height - foot - TOP) * value / most) for i, value in enumerate(values)]
    out = [head(width, height, title, unit)]
    out.append(f'<path d="M60 {height - foot}H{width - 20}" stroke="{GREY}"/>')
    out.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" stroke="{BLUE}" stroke-width="2.5"/>')
    for (x, y), value in zip(points, values):
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{BLUE}"/>')
        out.append(f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{number(value)}</text>')
    out.append(f'<text x="{width / 2}" y="{height - 12}" text-anchor="middle">{html.escape(axis)}</text>')
    return "\n".join([*out, "</svg>\n"])


def head(width, height, title, unit):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">\n<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="16" y="24" font-size="15" font-weight="bold">{html.escape(title)}, {html.escape(unit)}</text>')


def number(value):
    """Three digits that matter, and thousands parted."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
