"""What a bundle leaves out: parts of Qt and of the other packages that the program never loads.

Names are those inside the bundle, as PyInstaller or pip lays them, on any of the three systems. What is taken away
by mistake shows at once: every bundle is taken through `apq-desktop self-test`.
"""

from __future__ import annotations

import re
from pathlib import PurePath

_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
# The PDF is upright, regular or bold, and in the families that apq_desktop/documents/text/fonts.py names.
FONTS_LEFT_OUT = (
    *(f"{family}_{style}" for family in ("CascadiaMono", "SpaceMono", "Ubuntu", "UbuntuMono") for style in _STYLES),
    *("FiraGO_BoldItalic", "FiraGO_Italic", "FiraMono_Bold", "FiraMono_Regular", "NotoMusic_Regular"),
    *("NotoSans_BoldItalic", "NotoSans_Italic"),
)

PYTHON_MODULES_LEFT_OUT = (
    # The program never connects to anything: no TLS, and none of Python's OpenSSL to keep up to date.
    *("PySide6.QtNetwork", "_hashlib", "_ssl", "ssl"),
    *("PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSvg", "PySide6.QtTest"),
    # Pictures, of which no document has any: apq_desktop/documents does what ReportLab asks of it.
    "PIL",
    *("lxml.html", "lxml.isoschematron", "lxml.objectify"),
    *(f"pymupdf_fonts.{font}" for font in FONTS_LEFT_OUT),
    *("sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.testing"),
    *("curses", "distutils", "ensurepip", "idlelib", "lib2to3", "pdb", "pip", "pydoc", "readline", "setuptools"),
    *("tkinter", "turtle", "unittest", "xmlrpc"),
)

# What PyInstaller would run at each start, before anything is shown: bundling/start.py serves multiprocessing, and
# nothing here asks for the sources of modules.
HOOKS_LEFT_OUT = ("pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pkgutil")

QT_FILES_LEFT_OUT = (
    r"/plugins/(egldeviceintegrations|generic|iconengines|imageformats|networkinformation|qmltooling|sqldrivers|tls)/",
    r"/plugins/(designer|multimedia|position|scxmldatamodel|sensors|styles/qmacstyle|webview)/",
    r"/plugins/platforms/(lib)?q(direct2d|eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|webgl)\b",
    r"/plugins/platforms/(lib)?qwayland-(brcm|egl|xcomposite)",
    r"/plugins/platformthemes/libqgtk3\b",
    r"/plugins/platforminputcontexts/(lib)?qtvirtualkeyboard",
    # Drawn with Qt's SVG, which is left out: the other decoration serves.
    r"/plugins/wayland-decoration-client/libadwaita\b",
    r"/plugins/wayland-graphics-integration-server/",
    r"/(translations|qml|metatypes|typesystems|glue|include|doc|scripts|support|libexec)/",
    r"/plugins/(qmllint|vectorimageformats)/",
    r"^PySide6/resources/",
    r"(^|/)(opengl32sw|Qt6OpenGL|vcamp140|vccorlib140|vcomp140)\.dll$",
    r"(^|/)(lib)?Qt6?(Concurrent|Designer|DesignerComponents|EglFS\w*|EglFs\w*|Help|Labs\w*|Lottie\w*|Network\w*|OpenGLWidgets)\b",
    r"(^|/)(lib)?Qt6?(Qml\w*|Quick\w*|ShaderTools|Sql|Svg\w*|Test|UiTools|VirtualKeyboard\w*)\b",
    r"(^|/)(lib)?Qt6?(Xml|FFmpegStub\S*|WaylandCompositor|WaylandEgl\w*Compositor\w*)\b",
    r"PySide6/.*\.(exe|pyi|lib|prl|qmltypes|json)$",
    r"(^|/)(lib)?pyside6qml\b",
)

OTHER_FILES_LEFT_OUT = (
    r"^(PIL|pillow\.libs|pillow-[^/]+\.dist-info)/",
    r"^lxml/(html|includes|isoschematron)/",
    r"^lxml/objectify\b",
    rf"^pymupdf_fonts/({'|'.join(FONTS_LEFT_OUT)})\.",
    r"^manimgx_fonts/NotoSans(-Italic|Symbols)?\[",
    r"^reportlab/fonts/(callig|DarkGarden|hb-test|[a-z_]+\.(afm|pfb))",
    r"^sqlalchemy/dialects/(mssql|mysql|oracle)/",
    r"^(icalendar|sqlalchemy)/(tests|testing)/",
    r"^icalendar/fuzzing/",
    # The template that is loaded is beside it, packed.
    r"^docx/templates/default-docx-template/",
    r"^hunspell/dictionaries/",
    r"^(pip|setuptools|_distutils_hack|pkg_resources|bin|Scripts|share)/",
    r"(^|/)_(hashlib|ssl)\b.*\.(so|pyd|dylib)$",
    # Its server's connection is encrypted: psycopg, in the bundle for everybody on Windows, brings its own.
    r"(^|(?<!^psycopg_binary\.libs)/)lib(crypto|ssl)[-.]",
    # The bundle's own list of parts holds what these say.
    r"\.dist-info/sboms/",
    r"(^|/)direct_url\.json$",
    r"(^|/)(INSTALLER|RECORD|REQUESTED)$",
    r"(^|/)__pycache__/",
    r"\.(c|cpp|h|pxd|pxi|pyx|pyi)$",
)

# Libraries that every Linux desktop has, and those of GTK, for whose theme PyInstaller fetches them where they are.
# A copy of our own would be loaded in place of the system's, also by what the system's other libraries load, and age;
# the .deb depends on what is needed of them instead.
LEFT_TO_THE_LINUX_SYSTEM = re.compile(
    r"^lib(avahi-client|avahi-common|cups|gmp|gnutls|hogweed|idn2|nettle|p11-kit|tasn1|unistring|X11|X11-xcb|Xau|Xcomposite|Xcursor|Xdamage|Xdmcp|Xext|Xfixes|Xi|Xinerama|Xrandr|Xrender|atk-1\.0"
    r"|atk-bridge-2\.0|atspi|blkid|brotli\w*|bsd|cairo|cairo-gobject|cap|com_err|datrie|dbus-1|epoxy|expat|fontconfig"
    r"|freetype|fribidi|gcc_s|gcrypt|gdk-3|gdk_pixbuf-2\.0|gio-2\.0|glib-2\.0|gmodule-2\.0|gtk-3"
    r"|gobject-2\.0|gpg-error|graphite2|gssapi_krb5|gthread-2\.0|harfbuzz|jpeg|k5crypto|keyutils|krb5|krb5support|lz4"
    r"|lzma|md|mount|pango-1\.0|pangocairo-1\.0|pangoft2-1\.0|pcre2-8|pixman-1|png16|readline|selinux|stdc\+\+|systemd"
    r"|thai|tinfo|uuid|z|zstd)\.so\.\d+$"
)
_LEFT_OUT = re.compile("|".join(f"(?:{pattern})" for pattern in (*QT_FILES_LEFT_OUT, *OTHER_FILES_LEFT_OUT)))


def is_wanted(name: str) -> bool:
    """Whether a bundle keeps the file that is called `name` in it."""
    path = PurePath(name).as_posix().replace("\\", "/")
    return not (_LEFT_OUT.search(path) or LEFT_TO_THE_LINUX_SYSTEM.match(path))
