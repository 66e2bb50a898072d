"""A sentence or two in each script that the PDF must show, with what makes that script hard."""

from __future__ import annotations

SCRIPTS = {
    "Welsh": "Ysgol Glan-yr-Ŵyn: tŷ bach, sŵn y môr, ŷd",
    "Polish": "Wspólny plan: źdźbło, ćma, pięść, łąka, jaźń",
    "Romanian": "Învățare și țintă: fațadă, ștafetă",
    "Turkish": "Öğrenciler için çalışma, ışık, ğ ve İstanbul",
    "Yoruba, with loose accents": "Ẹ̀kọ́ fún àwọn ọmọ: ọ̀rẹ́, ìwé, ẹ̀bẹ̀",
    "Greek": "Σχέδιο για τις οικογένειες: ώρα, ΐ, ϋ",
    "Cyrillic": "Общий план: ёж, съезд, объём, Ґанок, їжак",
    "Arabic": "خطة المدرسة: لا بأس، مُحَمَّد في الصفّ ١٠ (السنة 2026)",
    "Urdu": "اسکول کا منصوبہ: بچّے، ٹیچر، گھر اور کھیل۔",
    "Hebrew": "תוכנית בית הספר: שָׁלוֹם, ילדים (כיתה 10)",
    "Bengali": "স্কুলের পরিকল্পনা: শিক্ষার্থী, ক্ষমতা, স্ত্রী, দুঃখ।",
    "Devanagari": "विद्यालय की योजना: क्षमता, ज्ञान, स्त्री, हिन्दी।",
    "Punjabi": "ਸਕੂਲ ਦੀ ਯੋਜਨਾ: ਬੱਚੇ, ਸ਼੍ਰੇਣੀ",
    "Gujarati": "શાળાની યોજના: વિદ્યાર્થી, ક્ષમતા",
    "Tamil": "பள்ளித் திட்டம்: கொடுக்கும், ஸ்ரீ",
    "Georgian and Armenian": "სკოლის გეგმა, Դպրոցի ծրագիր",
    "Thai": "แผนของโรงเรียน: น้ำ, ที่นี่",
    "Amharic": "የትምህርት ቤት እቅድ",
    "Chinese": "学校计划：每周与家庭联系，記錄進展；「一起」學習（2026）。",
    "Japanese": "学校の計画：カタカナ、ひらがな、漢字を読む。",
    "Korean": "학교 계획: 가족과 매주 연락합니다.",
    "emoji": "Done ✅ 👍🏽 family 👨‍👩‍👧 heart ❤️ flags 🇬🇧🇵🇱 Wales 🏴󠁧󠁢󠁷󠁬󠁳󠁿 keycap 1️⃣ 🎉😀",
    "signs": "✓ ✗ ☐ ☑ ★ → ≤ ≥ ≠ ½ ² × • € £ ₹ № “quoted” – dash … ",
    "both ways": "We call it שלום עולם (peace, 2026) and مرحبا بالعالم, then go on.",
    "numbers both ways": "שעות 9:30-15:00, טלפון 0300 123-456, 50% (מתוך 18)",
}

FROM_THE_RIGHT = {
    "Arabic": "خطة المدرسة في السنة",
    "Urdu": "اسکول کا منصوبہ ٹیچر گھر اور کھیل",
    "Hebrew": "תוכנית בית הספר ילדים",
}
