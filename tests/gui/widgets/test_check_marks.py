from __future__ import annotations

import pytest
from PyQt5.QtCore import QRect, QSize, Qt
from PyQt5.QtGui import QIcon, QPixmap
from PyQt5.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from realtime_fer.gui.widgets.check_marks import CheckMarkDelegate


@pytest.mark.parametrize("has_icon", [False, True])
def test_the_text_begins_behind_a_mark_that_the_interface_enlarges(qtbot: QtBot, has_icon: bool) -> None:
    entries = QListWidget()
    qtbot.addWidget(entries)
    entries.setStyleSheet("QAbstractItemView::indicator { width: 40px; height: 40px; }")
    delegate = CheckMarkDelegate(entries)
    item = QListWidgetItem("Happy", entries)
    item.setCheckState(Qt.CheckState.Checked)
    if has_icon:
        item.setIcon(QIcon(QPixmap(8, 8)))
    option = QStyleOptionViewItem()
    option.widget, option.rect, option.decorationSize = entries, QRect(0, 0, 400, 60), QSize(8, 8)
    delegate.initStyleOption(option, entries.model().index(0, 0))
    style, elements = entries.style(), QStyle.SubElement
    mark = style.subElementRect(elements.SE_ItemViewItemCheckIndicator, option, entries)
    text = style.subElementRect(elements.SE_ItemViewItemText, option, entries)
    assert mark.width() == 40
    assert text.left() > mark.right() + (8 if has_icon else 0)
