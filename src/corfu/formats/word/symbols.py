"""Characters of the two picture fonts that Word's w:sym draws on, as Unicode has them."""

from typing import Final

# The Symbol font from 0x20 on and from 0xA0 on (its own encoding, published by Adobe).
SYMBOL_LOW: Final = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
SYMBOL_HIGH: Final = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
WINGDINGS: Final = {
    0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def character(code: str, font: str) -> str:
    """The character with that hexadecimal code in that font; as it is where the font is another one, '' for none."""
    try:
        number = int(code, 16)
        plain = number & 0xFF if 0xF000 <= number <= 0xF0FF else number
        if font == "Symbol" and 0x20 <= plain < 0x20 + len(SYMBOL_LOW):
            return SYMBOL_LOW[plain - 0x20]
        if font == "Symbol" and 0xA0 <= plain < 0xA0 + len(SYMBOL_HIGH):
            return SYMBOL_HIGH[plain - 0xA0]
        if font == "Wingdings" and plain in WINGDINGS:
            return WINGDINGS[plain]
        letter = chr(number)
    except (ValueError, OverflowError):
        return ""
    return "" if 0xD800 <= number <= 0xDFFF or number < 0x20 else letter
