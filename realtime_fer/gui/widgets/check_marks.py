"""Check marks of lists in the interface's size."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QSize, Qt
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem


class CheckMarkDelegate(QStyledItemDelegate):
    """Keeps room for a mark that the style sheet enlarges: Qt begins the text after one of its own style's size."""

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        if option is None or option.widget is None or (style := option.widget.style()) is None:
            return
        if not option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            return
        elements, features = QStyle.SubElement, QStyleOptionViewItem.ViewItemFeature
        has_icon = bool(option.features & features.HasDecoration)
        after = elements.SE_ItemViewItemDecoration if has_icon else elements.SE_ItemViewItemText
        mark = style.subElementRect(elements.SE_ItemViewItemCheckIndicator, option, option.widget)
        missing = mark.right() + 1 - style.subElementRect(after, option, option.widget).left()
        if missing <= 0:
            return
        if has_icon:
            missing += style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, option.widget) + 1
            option.decorationSize += QSize(missing, 0)
            option.decorationAlignment = Qt.AlignmentFlag.AlignRight
        else:
            # An icon without a picture: it stands between mark and text, with a margin on each side.
            option.features |= features.HasDecoration  # type: ignore[assignment]
            option.decorationSize = QSize(missing, 1)
