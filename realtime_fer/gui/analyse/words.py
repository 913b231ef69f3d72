"""What a person reads about an analysis."""

from __future__ import annotations

from realtime_fer.core.text.numbers import decimal, whole
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.analyse.analyses import Analysis, State
from realtime_fer.gui.widgets.titles import clock_duration
from realtime_fer.runtime.analyses.child import AnalysisEnd, AnalysisProgress


def frames_words(count: int) -> str:
    """'1 frame', '2512 frames'."""
    if count == 1:
        return translate("Analyse", "1 frame")
    return translate("Analyse", "{count} frames").format(count=whole(count))


def progress_words(progress: AnalysisProgress, *, in_time: bool) -> str:
    """'120 of 2512 frames · 92.1 frames/s · 3.1 × real time · 00:26 left'.

    Args:
        in_time: the source is a video; pictures have no time of their own.
    """
    if progress.expected is None:
        told = [frames_words(progress.done)]
    else:
        counted = translate("Analyse", "{done} of {expected} frames")
        told = [counted.format(done=whole(progress.done), expected=whole(progress.expected))]
    if progress.fps:
        told.append(translate("Analyse", "{fps} frames/s").format(fps=decimal(progress.fps)))
        if in_time:
            told.append(translate("Analyse", "{times} × real time").format(times=decimal(progress.times_real)))
    if progress.left_s is not None:
        told.append(translate("Analyse", "{time} left").format(time=clock_duration(progress.left_s + 0.5)))
    return " · ".join(told)


def state_words(analysis: Analysis) -> str:
    """One line on how far it is, or what became of it."""
    if analysis.state is State.WAITING:
        return translate("Analyse", "Waiting")
    if analysis.state is State.STARTING:
        return translate("Analyse", "Loading the models…")
    if analysis.state is State.STOPPING:
        return translate("Analyse", "Stopping; what has been analysed so far is kept…")
    if analysis.end is not None:
        return end_words(analysis.end)
    if analysis.progress is not None:
        return progress_words(analysis.progress, in_time=not analysis.request.source.is_dir())
    return ""


def end_words(end: AnalysisEnd) -> str:
    """'Done: 2512 frames.', or why it is incomplete or nothing is kept."""
    if end.session is None:
        return str(said(end.sentence)) or translate("Analyse", "Stopped before the first frame; nothing is kept.")
    if end.sentence:
        return translate("Analyse", "Incomplete: {reason}").format(reason=said(end.sentence))
    done = translate("Analyse", "Done: {frames}.").format(frames=frames_words(end.frames))
    return f"{done} {said(end.remark)}" if end.remark else done


def notice_words(analysis: Analysis) -> str:
    """The notice at the end."""
    end = analysis.end or AnalysisEnd()
    if end.is_whole:
        told = translate("Analyse", "Analysed {frames} of “{name}”.").format(
            frames=frames_words(end.frames), name=analysis.name
        )
        return f"{told} {said(end.remark)}" if end.remark else told
    return translate("Analyse", "“{name}”: {told}").format(name=analysis.name, told=end_words(end))


def status_words(running: Analysis, waiting: int) -> str:
    """For the status bar: 'Analysing 42 % · 2 waiting'."""
    progress = running.progress
    if progress is None:
        told = translate("Analyse", "Analysing…")
    elif progress.share is None:
        told = translate("Analyse", "Analysing: {frames}").format(frames=frames_words(progress.done))
    else:
        told = translate("Analyse", "Analysing {percent} %").format(percent=int(100 * progress.share))
    return f"{told} · {translate('Analyse', '{count} waiting').format(count=waiting)}" if waiting else told
