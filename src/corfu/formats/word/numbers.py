"""Numbers as Word's lists write them (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable
from typing import Final

ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
HEBREW: Final = (
    (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"), (40, "מ"),
    (30, "ל"), (20, "כ"), (10, "י"), (9, "ט"), (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"),
    (1, "א"),
)  # fmt: skip

LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
# Without ё, й, ъ and ь, which Russian lists leave out.
RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
ARABIC_ALPHABET: Final = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
ARABIC_ABJAD: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
HEBREW_ALPHABET: Final = "אבגדהוזחטיכלמנסעפצקרשת"
HEAVENLY_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
EARTHLY_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
KOREAN_SYLLABLES: Final = "가나다라마바사아자차카타파하"
KOREAN_LETTERS: Final = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
IROHA: Final = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
THAI: Final = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"

HAN_DIGITS: Final = "〇一二三四五六七八九"
HANGUL_DIGITS: Final = "영일이삼사오육칠팔구"
CHICAGO: Final = "*†‡§"


def written(kind: str, number: int) -> str:
    """The number as a list of that kind shows it; kinds we do not know come as Arabic figures, as in Word.

    Ordinals are English: Word takes their language from the text, which a label does not know.
    """
    if kind == "none" or number < 0:
        return ""
    writer = WRITERS.get(kind)
    return writer(number) if writer and number > 0 else "00" if kind == "decimalZero" else str(number)


def _repeated(alphabet: str) -> Callable[[int], str]:
    """a … z, aa, bb …: after the last letter the letters come doubled, then tripled (not as spreadsheets count)."""

    def write(number: int) -> str:
        times, letter = divmod(number - 1, len(alphabet))
        return alphabet[letter] * min(times + 1, 30)

    return write


def _cycled(alphabet: str) -> Callable[[int], str]:
    return lambda number: alphabet[(number - 1) % len(alphabet)]


def _added(values: tuple[tuple[int, str], ...]) -> Callable[[int], str]:
    def write(number: int) -> str:
        signs = []
        for value, sign in values:
            times, number = divmod(number, value)
            signs.append(sign * min(times, 30))
        return "".join(signs)

    return write


def _hebrew(number: int) -> str:
    # 15 and 16 would spell a name of God and are written 9 + 6 and 9 + 7.
    return _added(HEBREW)(number).replace("יה", "טו").replace("יו", "טז")


def _digits(zero: int | str) -> Callable[[int], str]:
    figures = zero if isinstance(zero, str) else "".join(chr(zero + digit) for digit in range(10))
    return lambda number: "".join(figures[int(digit)] for digit in str(number))


def _framed(first: int, last: int) -> Callable[[int], str]:
    """Ready-made signs for 1 to last (① ⑴ ⒈); plain figures above."""
    return lambda number: chr(first + number - 1) if number <= last else str(number)


def _counted(digits: str, units: tuple[str, ...], *, gaps: bool, ones: bool | None) -> Callable[[int], str]:
    """Numbers in words, 1 to 9,999: digit, unit, digit, unit. gaps: skipped places are told, 105 is 一百零五.
    ones: whether a unit counted once says so; None for not where the number begins with ten."""

    def write(number: int) -> str:
        if number > 9999:
            return _digits(digits)(number)
        words, gap = "", False
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if digit:
                silent = digit == 1 and place and (ones is False or (ones is None and place == 1 and not words))
                words += (digits[0] if gap and words else "") + ("" if silent else digits[digit]) + units[place]
            gap = gaps and digit == 0
        return words

    return write


def _ordinal(number: int) -> str:
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


HAN_WORDS: Final = "零一二三四五六七八九"
HAN_UNITS: Final = ("", "十", "百", "千")
HAN: Final = _counted(HAN_WORDS, HAN_UNITS, gaps=True, ones=None)
_roman = _added(ROMAN)

WRITERS: Final[dict[str, Callable[[int], str]]] = {
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "chicago": _repeated(CHICAGO),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _repeated(LATIN),
    "upperLetter": _repeated(LATIN.upper()),
    "russianLower": _repeated(RUSSIAN),
    "russianUpper": _repeated(RUSSIAN.upper()),
    "arabicAlpha": _repeated(ARABIC_ALPHABET),
    "arabicAbjad": _repeated(ARABIC_ABJAD),
    "hebrew1": _hebrew,
    "hebrew2": _repeated(HEBREW_ALPHABET),
    "hindiNumbers": _digits(0x966),
    "thaiNumbers": _digits(0xE50),
    "thaiLetters": _repeated(THAI),
    "decimalFullWidth": _digits(0xFF10),
    "decimalFullWidth2": _digits(0xFF10),
    "decimalEnclosedCircle": _framed(0x2460, 20),
    "decimalEnclosedCircleChinese": _framed(0x2460, 10),
    "decimalEnclosedParen": _framed(0x2474, 20),
    "decimalEnclosedFullstop": _framed(0x2488, 20),
    "chineseCounting": HAN,
    "chineseCountingThousand": HAN,
    "chineseLegalSimplified": _counted("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), gaps=True, ones=True),
    "ideographDigital": _digits(HAN_DIGITS),
    "japaneseDigitalTenThousand": _digits(HAN_DIGITS),
    "taiwaneseDigital": _digits(HAN_DIGITS),
    "japaneseCounting": _counted(HAN_DIGITS, HAN_UNITS, gaps=False, ones=False),
    "taiwaneseCounting": HAN,
    "taiwaneseCountingThousand": HAN,
    "koreanCounting": _counted(HANGUL_DIGITS, ("", "십", "백", "천"), gaps=False, ones=False),
    "koreanDigital": _digits(HANGUL_DIGITS),
    "ideographTraditional": _cycled(HEAVENLY_STEMS),
    "ideographZodiac": _cycled(EARTHLY_BRANCHES),
    "ganada": _repeated(KOREAN_SYLLABLES),
    "chosung": _repeated(KOREAN_LETTERS),
    "aiueo": _cycled(KANA),
    "aiueoFullWidth": _cycled(KANA),
    "iroha": _cycled(IROHA),
    "irohaFullWidth": _cycled(IROHA),
}
