<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Analyse</name>
        <message>
            <source>1 frame</source>
            <translation>1 Bild</translation>
        </message>
        <message>
            <source>Analysed {frames} of “{name}”.</source>
            <translation>{frames} von „{name}“ ausgewertet.</translation>
        </message>
        <message>
            <source>Analysing {percent} %</source>
            <translation>Auswertung {percent} %</translation>
        </message>
        <message>
            <source>Analysing: {frames}</source>
            <translation>Auswertung: {frames}</translation>
        </message>
        <message>
            <source>Analysing…</source>
            <translation>Auswertung…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Done: {frames}.</source>
            <translation>Fertig: {frames}.</translation>
        </message>
        <message>
            <source>Incomplete: {reason}</source>
            <translation>Unvollständig: {reason}</translation>
        </message>
        <message>
            <source>Loading the models…</source>
            <translation>Modelle werden geladen…</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Open report</source>
            <translation>Bericht öffnen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Durchsehen</translation>
        </message>
        <message>
            <source>Stop this analysis and keep what has been analysed so far</source>
            <translation>Diese Auswertung anhalten und behalten, was bis jetzt ausgewertet ist</translation>
        </message>
        <message>
            <source>Stopped before the first frame; nothing is kept.</source>
            <translation>Vor dem ersten Bild angehalten; nichts bleibt erhalten.</translation>
        </message>
        <message>
            <source>Stopping; what has been analysed so far is kept…</source>
            <translation>Wird angehalten; was bis jetzt ausgewertet ist, bleibt erhalten …</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>{count} frames</source>
            <translation>{count} Bilder</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} warten</translation>
        </message>
        <message>
            <source>{done} of {expected} frames</source>
            <translation>{done} von {expected} Bildern</translation>
        </message>
        <message>
            <source>{fps} frames/s</source>
            <translation>{fps} Bilder/s</translation>
        </message>
        <message>
            <source>{times} × real time</source>
            <translation>{times} × Echtzeit</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <source>“{name}”: {told}</source>
            <translation>„{name}“: {told}</translation>
        </message>
    </context>
    <context>
        <name>AnalyseControl</name>
        <message>
            <source>Show the analyses</source>
            <translation>Die Auswertungen zeigen</translation>
        </message>
        <message>
            <source>Too many analyses are waiting; videos that are left out: {count}.</source>
            <translation>Zu viele Auswertungen warten; ausgelassene Videos: {count}.</translation>
        </message>
        <message>
            <source>being analysed</source>
            <translation>wird ausgewertet</translation>
        </message>
    </context>
    <context>
        <name>AnalyseDialog</name>
        <message>
            <source>&amp;Video…</source>
            <translation>V&amp;ideo…</translation>
        </message>
        <message>
            <source>A folder of pictures becomes one recording; in a folder of videos, each video becomes a recording of its own.</source>
            <translation>Ein Ordner mit Bildern wird eine einzige Aufnahme; in einem Ordner mit Videos wird jedes Video eine eigene Aufnahme.</translation>
        </message>
        <message>
            <source>A video, a picture or a folder</source>
            <translation>Ein Video, ein Bild oder ein Ordner</translation>
        </message>
        <message>
            <source>A&amp;nalyse</source>
            <translation>&amp;Auswerten</translation>
        </message>
        <message>
            <source>Analyse every frame</source>
            <translation>Jedes Bild auswerten</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Each of the {count} files becomes a recording of its own.</source>
            <translation>Jede der {count} Dateien wird zu einer eigenen Aufnahme.</translation>
        </message>
        <message>
            <source>F&amp;older…</source>
            <translation>&amp;Ordner…</translation>
        </message>
        <message>
            <source>Keep the video’s so&amp;und</source>
            <translation>&amp;Ton des Videos behalten</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keines</translation>
        </message>
        <message>
            <source>Reco&amp;gnise your own expressions too</source>
            <translation>Auch ei&amp;gene Ausdrücke erkennen</translation>
        </message>
        <message>
            <source>Runs in the background, skips no frame, and makes a recording with video, table and report.</source>
            <translation>Läuft im Hintergrund, lässt kein Bild aus und ergibt eine Aufnahme mit Video, Tabelle und Bericht.</translation>
        </message>
        <message>
            <source>There is no such file or folder.</source>
            <translation>Diese Datei oder diesen Ordner gibt es nicht.</translation>
        </message>
        <message>
            <source>Video or &amp;folder</source>
            <translation>Video o&amp;der Ordner</translation>
        </message>
        <message>
            <source>Video or folder</source>
            <translation>Video oder Ordner</translation>
        </message>
        <message>
            <source>Voices and names identify people even where their faces are hidden.</source>
            <translation>Stimmen und Namen lassen Personen erkennen, auch wo ihre Gesichter verborgen sind.</translation>
        </message>
    </context>
    <context>
        <name>AnalysesWindow</name>
        <message>
            <source>&amp;Analyse…</source>
            <translation>&amp;Auswerten…</translation>
        </message>
        <message>
            <source>Analyses</source>
            <translation>Auswertungen</translation>
        </message>
        <message>
            <source>C&amp;lear finished</source>
            <translation>&amp;Fertige entfernen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>No analysis is running. Analyse works through a whole video in the background and drops no frame.</source>
            <translation>Keine Auswertung läuft. „Auswerten“ arbeitet ein ganzes Video im Hintergrund durch und lässt kein Bild aus.</translation>
        </message>
    </context>
    <context>
        <name>Analysis</name>
        <message>
            <source>Pictures that could not be read: {count}.</source>
            <translation>Bilder, die nicht gelesen werden konnten: {count}.</translation>
        </message>
        <message>
            <source>The Haar cascade found the faces, since the files of the detector are missing.</source>
            <translation>Die Haar-Kaskade fand die Gesichter, weil die Dateien des Detektors fehlen.</translation>
        </message>
        <message>
            <source>The analysis cannot start: {reason}.</source>
            <translation>Die Auswertung kann nicht beginnen: {reason}.</translation>
        </message>
        <message>
            <source>The analysis ended unexpectedly (exit code {code}).</source>
            <translation>Die Auswertung brach ab (Exit-Code {code}).</translation>
        </message>
        <message>
            <source>The analysis ended unexpectedly (exit code {code}); what was written is kept.</source>
            <translation>Die Auswertung brach ab (Exit-Code {code}); was geschrieben wurde, bleibt erhalten.</translation>
        </message>
        <message>
            <source>The sound is left out: {reason}.</source>
            <translation>Der Ton wird weggelassen: {reason}.</translation>
        </message>
    </context>
    <context>
        <name>AnalysisControl</name>
        <message>
            <source>Get ready to look at the camera with a relaxed face: {seconds}</source>
            <translation>Gleich mit entspanntem Gesicht in die Kamera schauen: {seconds}</translation>
        </message>
        <message>
            <source>Keep a relaxed face and look at the camera: {seconds} s</source>
            <translation>Gesicht entspannen und in die Kamera schauen: {seconds} s</translation>
        </message>
        <message>
            <source>Learning resting faces, but no face is in view: {seconds} s</source>
            <translation>Ruhegesichter werden gelernt, aber kein Gesicht ist im Bild: {seconds} s</translation>
        </message>
        <message>
            <source>Learning the resting face of {person}, who is not in view: {seconds} s</source>
            <translation>Das Ruhegesicht wird gelernt, aber {person} ist nicht im Bild: {seconds} s</translation>
        </message>
        <message>
            <source>Resting faces are no longer used: expressions are shown as the model gives them.</source>
            <translation>Kein Ruhegesicht wird mehr verwendet: Ausdrücke zählen, wie das Modell sie angibt.</translation>
        </message>
        <message>
            <source>Some relaxed faces look sad or angry to a model. After the countdown, look at the camera with a relaxed face for three seconds, without smiling or speaking. Expressions that your relaxed face resembles then count less. Shift+C stops this.</source>
            <translation>Manche entspannten Gesichter wirken auf ein Modell traurig oder wütend. Blicken Sie nach dem Countdown drei Sekunden lang mit entspanntem Gesicht in die Kamera, ohne zu lächeln oder zu sprechen. Ausdrücke, denen Ihr entspanntes Gesicht ähnelt, zählen dann weniger. Umschalt+C bricht ab.</translation>
        </message>
        <message>
            <source>Some relaxed faces look sad or angry to a model. For the next three seconds, everyone in view should keep a relaxed face, without smiling or speaking. Expressions that these faces resemble then count less. Shift+C stops this.</source>
            <translation>Manche entspannten Gesichter wirken auf ein Modell traurig oder wütend. Alle im Bild sollten die nächsten drei Sekunden lang ein entspanntes Gesicht behalten, ohne zu lächeln oder zu sprechen. Ausdrücke, denen diese Gesichter ähneln, zählen dann weniger. Umschalt+C bricht ab.</translation>
        </message>
        <message>
            <source>The resting face of {person} is no longer used: expressions are shown as the model gives them.</source>
            <translation>Das Ruhegesicht von {person} wird nicht mehr verwendet: Ausdrücke zählen, wie das Modell sie angibt.</translation>
        </message>
        <message>
            <source>{person}: get ready to look at the camera with a relaxed face: {seconds}</source>
            <translation>{person}: gleich mit entspanntem Gesicht in die Kamera schauen: {seconds}</translation>
        </message>
        <message>
            <source>{person}: keep a relaxed face and look at the camera: {seconds} s</source>
            <translation>{person}: bitte entspannt in die Kamera schauen: {seconds} s</translation>
        </message>
    </context>
    <context>
        <name>Captions</name>
        <message>
            <source>No model</source>
            <translation>Kein Modell</translation>
        </message>
        <message>
            <source>Not analysed</source>
            <translation>Nicht ausgewertet</translation>
        </message>
        <message>
            <source>Uncertain</source>
            <translation>Unsicher</translation>
        </message>
    </context>
    <context>
        <name>Card</name>
        <message>
            <source>Decisions about people, such as hiring, grading, credit, insurance, policing, border control or diagnosis.</source>
            <translation>Entscheidungen über Menschen, etwa bei Einstellung, Benotung, Kredit, Versicherung, Polizei, Grenzkontrolle oder Diagnose.</translation>
        </message>
        <message>
            <source>Disgust and fear are rare in the data or easily confused with other expressions; see the recall of each class.</source>
            <translation>Angeekelt und ängstlich sind in den Daten selten oder leicht zu verwechseln; siehe die Trefferquote je Ausdruck.</translation>
        </message>
        <message>
            <source>Disgust, fear and contempt are rare in the data or easily confused with other expressions; see the recall of each class.</source>
            <translation>Angeekelt, ängstlich und verächtlich sind in den Daten selten oder leicht zu verwechseln; siehe die Trefferquote je Ausdruck.</translation>
        </message>
        <message>
            <source>FER2013 consists of photographs found by web search. Few people labelled them, and many labels are wrong: a person agrees with about 65 of 100.</source>
            <translation>FER2013 besteht aus Fotos aus Websuchen. Wenige Menschen haben sie beschriftet, und viele Beschriftungen sind falsch: Ein Mensch stimmt etwa 65 von 100 zu.</translation>
        </message>
        <message>
            <source>Fear is rare in the data or easily confused with other expressions; see the recall of each class.</source>
            <translation>Ängstlich ist in den Daten selten oder leicht zu verwechseln; siehe die Trefferquote je Ausdruck.</translation>
        </message>
        <message>
            <source>Inferring people's emotions at work or in education, which Article 5(1)(f) of the AI Act (Regulation (EU) 2024/1689) prohibits in the European Union, except for medical or safety reasons.</source>
            <translation>Bei der Arbeit oder in der Ausbildung auf die Gefühle von Menschen zu schließen: In der Europäischen Union verbietet das Art. 5 Abs. 1 Buchst. f der KI-Verordnung (Verordnung (EU) 2024/1689), außer aus medizinischen Gründen oder Sicherheitsgründen.</translation>
        </message>
        <message>
            <source>It has no class for contempt, so such a face gets the name of another expression.</source>
            <translation>Es kennt „verächtlich“ nicht; ein solches Gesicht bekommt daher den Namen eines anderen Ausdrucks.</translation>
        </message>
        <message>
            <source>It has no classes for disgust and contempt, so such a face gets the name of another expression.</source>
            <translation>Es kennt „angeekelt“ und „verächtlich“ nicht; ein solches Gesicht bekommt daher den Namen eines anderen Ausdrucks.</translation>
        </message>
        <message>
            <source>It names what a face shows, not what a person feels. People show the same feeling in different ways.</source>
            <translation>Es benennt, was ein Gesicht zeigt, nicht, was ein Mensch fühlt. Menschen zeigen dasselbe Gefühl auf verschiedene Weise.</translation>
        </message>
        <message>
            <source>It needs a face at least about 48 pixels wide, seen from the front. For faces that are turned away, covered or badly lit, its answers are guesses.</source>
            <translation>Es braucht ein Gesicht von mindestens etwa 48 Pixeln Breite, von vorn gesehen. Bei abgewandten, verdeckten oder schlecht beleuchteten Gesichtern rät es.</translation>
        </message>
        <message>
            <source>Naming visible facial expressions, live or in recordings, on one's own computer, of people who know about it and have agreed to it: for demonstrations, teaching, art, self-observation and research.</source>
            <translation>Den sichtbaren Gesichtsausdruck von Menschen benennen, die davon wissen und einverstanden sind, live oder in Aufnahmen, auf dem eigenen Rechner: für Vorführungen, Unterricht, Kunst, Selbstbeobachtung und Forschung.</translation>
        </message>
        <message>
            <source>On other data sets and on webcams, networks like this one score 20 to 30 percentage points lower than on the data set that they learned from.</source>
            <translation>Auf anderen Datensätzen und an Webcams ist die Genauigkeit solcher Netze um 20 bis 30 Prozentpunkte geringer als auf dem Datensatz, an dem sie gelernt haben.</translation>
        </message>
        <message>
            <source>The data do not record age, skin colour or culture, so the accuracy for different groups of people is unknown.</source>
            <translation>Alter, Hautfarbe und Kultur sind in den Daten nicht festgehalten; die Genauigkeit für einzelne Gruppen von Menschen ist daher unbekannt.</translation>
        </message>
        <message>
            <source>The temperature was fitted and the best epoch selected on PublicTest, so the calibration and accuracy measured there look slightly better than they are.</source>
            <translation>Temperatur und beste Epoche wurden an PublicTest bestimmt; Kalibrierung und Genauigkeit sehen dort daher etwas zu gut aus.</translation>
        </message>
        <message>
            <source>The temperature was fitted on PublicTest, so the calibration measured there looks slightly better than it is. No epoch was selected: the last one was kept.</source>
            <translation>Die Temperatur wurde an PublicTest angepasst; die Kalibrierung sieht dort daher etwas zu gut aus. Es wurde keine Epoche ausgewählt, sondern die letzte behalten.</translation>
        </message>
        <message>
            <source>Watching people without their knowledge.</source>
            <translation>Menschen ohne ihr Wissen zu beobachten.</translation>
        </message>
        <message>
            <source>by FER+ majority</source>
            <translation>nach der Mehrheit von FER+</translation>
        </message>
    </context>
    <context>
        <name>CardWindow</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Model card: {name}</source>
            <translation>Modellkarte: {name}</translation>
        </message>
    </context>
    <context>
        <name>Command</name>
        <message>
            <source>&amp;About Realtime FER</source>
            <translation>Ü&amp;ber Realtime FER</translation>
        </message>
        <message>
            <source>&amp;Always on top</source>
            <translation>&amp;Immer im Vordergrund</translation>
        </message>
        <message>
            <source>&amp;Analyse…</source>
            <translation>&amp;Auswerten…</translation>
        </message>
        <message>
            <source>&amp;Back 5 seconds</source>
            <translation>5 Sekunden &amp;zurück</translation>
        </message>
        <message>
            <source>&amp;Back one picture</source>
            <translation>Ein Bild &amp;zurück</translation>
        </message>
        <message>
            <source>&amp;Before you begin…</source>
            <translation>Bevor es &amp;losgeht…</translation>
        </message>
        <message>
            <source>&amp;Clear span</source>
            <translation>Auswahl auf&amp;heben</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>&amp;Contours</source>
            <translation>Kon&amp;turen</translation>
        </message>
        <message>
            <source>&amp;Cover faces</source>
            <translation>Gesichter ver&amp;decken</translation>
        </message>
        <message>
            <source>&amp;Decrease interface size</source>
            <translation>Oberfläche ver&amp;kleinern</translation>
        </message>
        <message>
            <source>&amp;Delete marker</source>
            <translation>Marke &amp;löschen</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exportieren…</translation>
        </message>
        <message>
            <source>&amp;Forget resting faces</source>
            <translation>Ruhegesichter ver&amp;gessen</translation>
        </message>
        <message>
            <source>&amp;Forward 5 seconds</source>
            <translation>5 Se&amp;kunden vor</translation>
        </message>
        <message>
            <source>&amp;Forward one picture</source>
            <translation>E&amp;in Bild vor</translation>
        </message>
        <message>
            <source>&amp;Full screen</source>
            <translation>&amp;Vollbild</translation>
        </message>
        <message>
            <source>&amp;Hide or show person</source>
            <translation>Person aus- oder e&amp;inblenden</translation>
        </message>
        <message>
            <source>&amp;Include span again</source>
            <translation>Abschnitt wieder auf&amp;nehmen</translation>
        </message>
        <message>
            <source>&amp;Increase interface size</source>
            <translation>Oberfläche ver&amp;größern</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <source>&amp;Learn resting faces</source>
            <translation>&amp;Ruhegesichter lernen</translation>
        </message>
        <message>
            <source>&amp;Live numbers…</source>
            <translation>&amp;Zahlen live…</translation>
        </message>
        <message>
            <source>&amp;Loop</source>
            <translation>&amp;Endlos wiederholen</translation>
        </message>
        <message>
            <source>&amp;Merge person with…</source>
            <translation>Person &amp;zusammenführen mit…</translation>
        </message>
        <message>
            <source>&amp;Mirror</source>
            <translation>&amp;Spiegeln</translation>
        </message>
        <message>
            <source>&amp;Movements</source>
            <translation>&amp;Bewegungen</translation>
        </message>
        <message>
            <source>&amp;Name person…</source>
            <translation>Person &amp;benennen…</translation>
        </message>
        <message>
            <source>&amp;Next frame</source>
            <translation>&amp;Nächstes Bild</translation>
        </message>
        <message>
            <source>&amp;Next picture</source>
            <translation>&amp;Nächstes Bild</translation>
        </message>
        <message>
            <source>&amp;Open recordings folder</source>
            <translation>Aufnahme&amp;ordner öffnen</translation>
        </message>
        <message>
            <source>&amp;Pause / Resume</source>
            <translation>&amp;Pause / Fortsetzen</translation>
        </message>
        <message>
            <source>&amp;Play / Pause</source>
            <translation>&amp;Abspielen / Pause</translation>
        </message>
        <message>
            <source>&amp;Pleasantness of the expression</source>
            <translation>Angeneh&amp;mheit des Ausdrucks</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederherstellen</translation>
        </message>
        <message>
            <source>&amp;Reset interface size</source>
            <translation>Oberflächengröße zu&amp;rücksetzen</translation>
        </message>
        <message>
            <source>&amp;Resting faces in files…</source>
            <translation>Ruhegesichter in &amp;Dateien…</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
        <message>
            <source>&amp;Side panel</source>
            <translation>Seiten&amp;leiste</translation>
        </message>
        <message>
            <source>&amp;Slower</source>
            <translation>&amp;Langsamer</translation>
        </message>
        <message>
            <source>&amp;Split person here</source>
            <translation>Person hier &amp;teilen</translation>
        </message>
        <message>
            <source>&amp;Teach…</source>
            <translation>&amp;Beibringen …</translation>
        </message>
        <message>
            <source>&amp;Timeline</source>
            <translation>&amp;Zeitverlauf</translation>
        </message>
        <message>
            <source>&amp;To the beginning</source>
            <translation>Zum &amp;Anfang</translation>
        </message>
        <message>
            <source>&amp;Triggers…</source>
            <translation>A&amp;uslöser…</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Whole recording</source>
            <translation>&amp;Ganze Aufnahme</translation>
        </message>
        <message>
            <source>A span begins at this moment</source>
            <translation>Ein Abschnitt beginnt in diesem Moment</translation>
        </message>
        <message>
            <source>Add &amp;marker</source>
            <translation>&amp;Marke setzen</translation>
        </message>
        <message>
            <source>Add a marker at this moment</source>
            <translation>Marke in diesem Moment setzen</translation>
        </message>
        <message>
            <source>Add a marker with a note at this moment</source>
            <translation>Marke mit Notiz in diesem Moment setzen</translation>
        </message>
        <message>
            <source>Add mar&amp;ker</source>
            <translation>Mar&amp;ke setzen</translation>
        </message>
        <message>
            <source>Add marker with &amp;note…</source>
            <translation>Marke mit &amp;Notiz setzen…</translation>
        </message>
        <message>
            <source>All recordings</source>
            <translation>Alle Aufnahmen</translation>
        </message>
        <message>
            <source>Analyse every frame of a file in the background</source>
            <translation>Jedes Bild einer Datei im Hintergrund auswerten</translation>
        </message>
        <message>
            <source>Back 1 minute</source>
            <translation>1 Minute zurück</translation>
        </message>
        <message>
            <source>Back 1 minute, or 10 pictures</source>
            <translation>1 Minute oder 10 Bilder zurück</translation>
        </message>
        <message>
            <source>Back 1 second</source>
            <translation>1 Sekunde zurück</translation>
        </message>
        <message>
            <source>Back 1 second or picture</source>
            <translation>1 Sekunde oder ein Bild zurück</translation>
        </message>
        <message>
            <source>Back 10 pictures</source>
            <translation>10 Bilder zurück</translation>
        </message>
        <message>
            <source>Back 5 seconds</source>
            <translation>5 Sekunden zurück</translation>
        </message>
        <message>
            <source>Back 5 seconds, or to the previous picture</source>
            <translation>5 Sekunden zurück oder zum vorigen Bild</translation>
        </message>
        <message>
            <source>Choose a picture of the folder</source>
            <translation>Ein Bild des Ordners auswählen</translation>
        </message>
        <message>
            <source>Choose no span</source>
            <translation>Keinen Abschnitt auswählen</translation>
        </message>
        <message>
            <source>Choose the timeline’s rows: movements, head, own expressions</source>
            <translation>Die Zeilen der Zeitleiste wählen: Bewegungen, Kopf, eigene Ausdrücke</translation>
        </message>
        <message>
            <source>Close the review; all corrections are saved</source>
            <translation>Die Durchsicht schließen; alle Korrekturen sind gespeichert</translation>
        </message>
        <message>
            <source>Contours of eyes, brows, mouth and face: on, off</source>
            <translation>Konturen von Augen, Brauen, Mund und Gesicht: ein, aus</translation>
        </message>
        <message>
            <source>Cover all faces on screen</source>
            <translation>Alle Gesichter auf dem Bildschirm verdecken</translation>
        </message>
        <message>
            <source>Create an offline report of the newest recording</source>
            <translation>Bericht der neuesten Aufnahme erstellen, offline lesbar</translation>
        </message>
        <message>
            <source>Create re&amp;port</source>
            <translation>&amp;Bericht erstellen</translation>
        </message>
        <message>
            <source>Create the report, with all corrections</source>
            <translation>Den Bericht mit allen Korrekturen erstellen</translation>
        </message>
        <message>
            <source>Decrease interface size</source>
            <translation>Oberfläche verkleinern</translation>
        </message>
        <message>
            <source>Delete the chosen marker</source>
            <translation>Die gewählte Marke löschen</translation>
        </message>
        <message>
            <source>E&amp;xclude span</source>
            <translation>Abschnitt a&amp;usschließen</translation>
        </message>
        <message>
            <source>Edit marker’s n&amp;ote</source>
            <translation>N&amp;otiz der Marke ändern</translation>
        </message>
        <message>
            <source>Edit the note of the chosen marker</source>
            <translation>Die Notiz der gewählten Marke ändern</translation>
        </message>
        <message>
            <source>Export for other programs</source>
            <translation>Für andere Programme exportieren</translation>
        </message>
        <message>
            <source>F&amp;aster</source>
            <translation>Sc&amp;hneller</translation>
        </message>
        <message>
            <source>Face mes&amp;h</source>
            <translation>Gesic&amp;htsnetz</translation>
        </message>
        <message>
            <source>Face mesh: on, off</source>
            <translation>Gesichtsnetz: ein, aus</translation>
        </message>
        <message>
            <source>Face pri&amp;vacy</source>
            <translation>Gesichtssch&amp;utz</translation>
        </message>
        <message>
            <source>Face privacy: off, blur, pixelate or cover, in turn</source>
            <translation>Gesichtsschutz reihum: aus, weichzeichnen, verpixeln, verdecken</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Schneller</translation>
        </message>
        <message>
            <source>Forget all resting faces</source>
            <translation>Alle Ruhegesichter vergessen</translation>
        </message>
        <message>
            <source>Forward 1 minute</source>
            <translation>1 Minute vor</translation>
        </message>
        <message>
            <source>Forward 1 minute, or 10 pictures</source>
            <translation>1 Minute oder 10 Bilder vor</translation>
        </message>
        <message>
            <source>Forward 1 second</source>
            <translation>1 Sekunde vor</translation>
        </message>
        <message>
            <source>Forward 1 second or picture</source>
            <translation>1 Sekunde oder ein Bild vor</translation>
        </message>
        <message>
            <source>Forward 10 pictures</source>
            <translation>10 Bilder vor</translation>
        </message>
        <message>
            <source>Forward 5 seconds</source>
            <translation>5 Sekunden vor</translation>
        </message>
        <message>
            <source>Forward 5 seconds, or to the next picture</source>
            <translation>5 Sekunden vor oder zum nächsten Bild</translation>
        </message>
        <message>
            <source>From this moment on, the chosen person is somebody else</source>
            <translation>Ab diesem Moment ist die gewählte Person jemand anderes</translation>
        </message>
        <message>
            <source>Full screen (Esc to exit)</source>
            <translation>Vollbild (Esc beendet es)</translation>
        </message>
        <message>
            <source>Go to the beginning</source>
            <translation>Zum Anfang gehen</translation>
        </message>
        <message>
            <source>Go to the end</source>
            <translation>Zum Ende gehen</translation>
        </message>
        <message>
            <source>Go to the next marker</source>
            <translation>Zur nächsten Marke gehen</translation>
        </message>
        <message>
            <source>Go to the previous marker</source>
            <translation>Zur vorigen Marke gehen</translation>
        </message>
        <message>
            <source>Head a&amp;xes</source>
            <translation>Kopf&amp;achsen</translation>
        </message>
        <message>
            <source>Head axes (yaw, pitch, roll): on, off</source>
            <translation>Kopfachsen (Gieren, Nicken, Neigen): ein, aus</translation>
        </message>
        <message>
            <source>Include the span, or what is excluded here, again</source>
            <translation>Den Abschnitt, oder was hier ausgeschlossen ist, wieder aufnehmen</translation>
        </message>
        <message>
            <source>Increase interface size</source>
            <translation>Oberfläche vergrößern</translation>
        </message>
        <message>
            <source>Keep the window on top</source>
            <translation>Fenster im Vordergrund halten</translation>
        </message>
        <message>
            <source>Label size: small, medium or large, in turn</source>
            <translation>Beschriftungsgröße reihum: klein, mittel, groß</translation>
        </message>
        <message>
            <source>Late&amp;ncy</source>
            <translation>Lat&amp;enz</translation>
        </message>
        <message>
            <source>Learn the resting faces in view: three seconds with a relaxed face</source>
            <translation>Die Ruhegesichter im Bild lernen: drei Sekunden mit entspanntem Gesicht</translation>
        </message>
        <message>
            <source>Leave the chosen person out of report and exports, or include them again</source>
            <translation>Die gewählte Person aus Bericht und Exporten weglassen oder nicht</translation>
        </message>
        <message>
            <source>Leave the span out of report and exports</source>
            <translation>Den Abschnitt aus Bericht und Exporten weglassen</translation>
        </message>
        <message>
            <source>Live numbers for other programs</source>
            <translation>Live-Zahlen für andere Programme</translation>
        </message>
        <message>
            <source>Load &amp;model…</source>
            <translation>&amp;Modell laden…</translation>
        </message>
        <message>
            <source>Load your own model: a .tflite file with its card</source>
            <translation>Eigenes Modell laden: eine .tflite-Datei mit ihrer Karte</translation>
        </message>
        <message>
            <source>M&amp;ute</source>
            <translation>St&amp;umm</translation>
        </message>
        <message>
            <source>Make a merged number a person of its own again</source>
            <translation>Eine zusammengeführte Nummer wieder zu einer eigenen Person machen</translation>
        </message>
        <message>
            <source>Merge the chosen person with another one</source>
            <translation>Die gewählte Person mit einer anderen zusammenführen</translation>
        </message>
        <message>
            <source>Mirror the picture</source>
            <translation>Bild spiegeln</translation>
        </message>
        <message>
            <source>Mo&amp;vements</source>
            <translation>&amp;Bewegungen</translation>
        </message>
        <message>
            <source>Model &amp;card…</source>
            <translation>Modell&amp;karte…</translation>
        </message>
        <message>
            <source>Move marker h&amp;ere</source>
            <translation>Marke hi&amp;erher verschieben</translation>
        </message>
        <message>
            <source>Move the chosen marker to this moment</source>
            <translation>Die gewählte Marke in diesen Moment verschieben</translation>
        </message>
        <message>
            <source>Movements of eyes, brows, nose and mouth beside each face: on, off</source>
            <translation>Bewegungen von Augen, Brauen, Nase und Mund neben jedem Gesicht: ein, aus</translation>
        </message>
        <message>
            <source>Mute the sound of a video</source>
            <translation>Den Ton eines Videos stummschalten</translation>
        </message>
        <message>
            <source>N&amp;ormal speed</source>
            <translation>N&amp;ormale Geschwindigkeit</translation>
        </message>
        <message>
            <source>Name the chosen person</source>
            <translation>Die gewählte Person benennen</translation>
        </message>
        <message>
            <source>Name, merge, hide or forget somebody, or learn their resting face (or click a face)</source>
            <translation>Jemanden benennen, zusammenführen, ausblenden oder vergessen oder sein Ruhegesicht lernen (oder auf ein Gesicht klicken)</translation>
        </message>
        <message>
            <source>Next &amp;overlay</source>
            <translation>Nä&amp;chste Einblendungen</translation>
        </message>
        <message>
            <source>Next frame</source>
            <translation>Nächstes Bild</translation>
        </message>
        <message>
            <source>Next frame or picture</source>
            <translation>Nächstes Einzelbild oder Foto</translation>
        </message>
        <message>
            <source>Next label &amp;size</source>
            <translation>&amp;Nächste Größe</translation>
        </message>
        <message>
            <source>Next marker</source>
            <translation>Nächste Marke</translation>
        </message>
        <message>
            <source>Next person</source>
            <translation>Nächste Person</translation>
        </message>
        <message>
            <source>Next video trac&amp;k</source>
            <translation>Nächste Video&amp;spur</translation>
        </message>
        <message>
            <source>Next video track of a file that has several</source>
            <translation>Nächste Videospur einer Datei, die mehrere hat</translation>
        </message>
        <message>
            <source>Normal speed</source>
            <translation>Normale Geschwindigkeit</translation>
        </message>
        <message>
            <source>Open &amp;folder…</source>
            <translation>&amp;Ordner öffnen…</translation>
        </message>
        <message>
            <source>Open &amp;network stream…</source>
            <translation>&amp;Netzwerkstream öffnen…</translation>
        </message>
        <message>
            <source>Open &amp;video or picture…</source>
            <translation>&amp;Video oder Bild öffnen…</translation>
        </message>
        <message>
            <source>Open a folder of pictures</source>
            <translation>Ordner mit Bildern öffnen</translation>
        </message>
        <message>
            <source>Open a network camera or stream</source>
            <translation>Netzwerkkamera oder Stream öffnen</translation>
        </message>
        <message>
            <source>Open a video or picture</source>
            <translation>Video oder Bild öffnen</translation>
        </message>
        <message>
            <source>Open fo&amp;lder</source>
            <translation>Or&amp;dner öffnen</translation>
        </message>
        <message>
            <source>Open the recording’s folder</source>
            <translation>Den Ordner der Aufnahme öffnen</translation>
        </message>
        <message>
            <source>Overlay: bars, labels, boxes only or off, in turn</source>
            <translation>Einblendungen reihum: mit Balken, mit Beschriftung, nur Rahmen, aus</translation>
        </message>
        <message>
            <source>P&amp;eople…</source>
            <translation>Pers&amp;onen…</translation>
        </message>
        <message>
            <source>P&amp;ictures of the folder…</source>
            <translation>&amp;Bilder des Ordners…</translation>
        </message>
        <message>
            <source>Pause or resume; replay a video that has ended</source>
            <translation>Anhalten oder fortsetzen; beendetes Video erneut abspielen</translation>
        </message>
        <message>
            <source>Play &amp;demo</source>
            <translation>&amp;Demo abspielen</translation>
        </message>
        <message>
            <source>Play a video or folder again and again</source>
            <translation>Ein Video oder einen Ordner immer wieder abspielen</translation>
        </message>
        <message>
            <source>Play again and again</source>
            <translation>Immer wieder abspielen</translation>
        </message>
        <message>
            <source>Play or pause</source>
            <translation>Abspielen oder anhalten</translation>
        </message>
        <message>
            <source>Play the demo</source>
            <translation>Demo abspielen</translation>
        </message>
        <message>
            <source>Pre&amp;vious frame</source>
            <translation>&amp;Voriges Bild</translation>
        </message>
        <message>
            <source>Pre&amp;vious picture</source>
            <translation>Vo&amp;riges Bild</translation>
        </message>
        <message>
            <source>Previous frame</source>
            <translation>Voriges Bild</translation>
        </message>
        <message>
            <source>Previous frame or picture</source>
            <translation>Voriges Einzelbild oder Foto</translation>
        </message>
        <message>
            <source>Previous marker</source>
            <translation>Vorige Marke</translation>
        </message>
        <message>
            <source>Previous person</source>
            <translation>Vorige Person</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Re&amp;cordings…</source>
            <translation>A&amp;lle Aufnahmen…</translation>
        </message>
        <message>
            <source>Re&amp;view recording…</source>
            <translation>Aufnahme &amp;durchsehen…</translation>
        </message>
        <message>
            <source>Read a&amp;gain</source>
            <translation>Ne&amp;u lesen</translation>
        </message>
        <message>
            <source>Read the recording again, for example while it is being written</source>
            <translation>Die Aufnahme neu lesen, etwa solange sie geschrieben wird</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Refresh &amp;camera list</source>
            <translation>&amp;Kameraliste aktualisieren</translation>
        </message>
        <message>
            <source>Refresh the camera list</source>
            <translation>Kameraliste aktualisieren</translation>
        </message>
        <message>
            <source>Reset interface size</source>
            <translation>Oberflächengröße zurücksetzen</translation>
        </message>
        <message>
            <source>Review and correct a recording</source>
            <translation>Eine Aufnahme durchsehen und korrigieren</translation>
        </message>
        <message>
            <source>Save the current frame as shown</source>
            <translation>Aktuelles Bild wie angezeigt speichern</translation>
        </message>
        <message>
            <source>Save, use or delete a resting face</source>
            <translation>Ein Ruhegesicht speichern, verwenden oder löschen</translation>
        </message>
        <message>
            <source>Second mode&amp;l</source>
            <translation>Zweites Mode&amp;ll</translation>
        </message>
        <message>
            <source>Separate mer&amp;ged person…</source>
            <translation>Zusammen&amp;geführte Person trennen…</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Show anal&amp;yses</source>
            <translation>Aus&amp;wertungen zeigen</translation>
        </message>
        <message>
            <source>Show another &amp;video…</source>
            <translation>Anderes &amp;Video zeigen…</translation>
        </message>
        <message>
            <source>Show another video, such as the original without boxes</source>
            <translation>Ein anderes Video zeigen, etwa das Original ohne Rahmen</translation>
        </message>
        <message>
            <source>Show movements as bars beside each face</source>
            <translation>Bewegungen als Balken neben jedem Gesicht zeigen</translation>
        </message>
        <message>
            <source>Show or hide the latency panel</source>
            <translation>Latenzanzeige ein- oder ausblenden</translation>
        </message>
        <message>
            <source>Show or hide the pleasantness and strength of the expressions, with trails</source>
            <translation>Angenehmheit und Stärke der Ausdrücke mit ihren Spuren zeigen oder verbergen</translation>
        </message>
        <message>
            <source>Show or hide the second model’s labels</source>
            <translation>Die Beschriftungen des zweiten Modells zeigen oder nicht</translation>
        </message>
        <message>
            <source>Show or hide the side panel</source>
            <translation>Seitenleiste ein- oder ausblenden</translation>
        </message>
        <message>
            <source>Show or hide the timeline of the last minute</source>
            <translation>Zeitverlauf der letzten Minute ein- oder ausblenden</translation>
        </message>
        <message>
            <source>Show the model card: accuracy, data, limits</source>
            <translation>Modellkarte anzeigen: Genauigkeit, Daten, Grenzen</translation>
        </message>
        <message>
            <source>Show the running and waiting analyses</source>
            <translation>Die laufenden und wartenden Auswertungen zeigen</translation>
        </message>
        <message>
            <source>Show the whole recording</source>
            <translation>Die ganze Aufnahme zeigen</translation>
        </message>
        <message>
            <source>Show this list</source>
            <translation>Diese Liste anzeigen</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Langsamer</translation>
        </message>
        <message>
            <source>Span begins here</source>
            <translation>Abschnitt beginnt hier</translation>
        </message>
        <message>
            <source>Span ends here</source>
            <translation>Abschnitt endet hier</translation>
        </message>
        <message>
            <source>Start &amp;recording</source>
            <translation>&amp;Aufnahme starten</translation>
        </message>
        <message>
            <source>Start or stop recording</source>
            <translation>Aufnahme starten oder beenden</translation>
        </message>
        <message>
            <source>Take &amp;snapshot</source>
            <translation>&amp;Foto speichern</translation>
        </message>
        <message>
            <source>Teach the program expressions of your own</source>
            <translation>Dem Programm eigene Ausdrücke beibringen</translation>
        </message>
        <message>
            <source>The span ends at this moment</source>
            <translation>Der Abschnitt endet in diesem Moment</translation>
        </message>
        <message>
            <source>Timeline &amp;rows…</source>
            <translation>Zeilen der Zeitlei&amp;ste…</translation>
        </message>
        <message>
            <source>Timeline ro&amp;ws…</source>
            <translation>Zeilen &amp;des Zeitverlaufs…</translation>
        </message>
        <message>
            <source>To the &amp;end</source>
            <translation>Zum En&amp;de</translation>
        </message>
        <message>
            <source>Triggers: what happens when an expression is held</source>
            <translation>Auslöser: was geschieht, wenn ein Ausdruck gehalten wird</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig machen</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>Ver&amp;größern</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
        <message>
            <source>Zoom into the timeline (or turn the mouse wheel)</source>
            <translation>Die Zeitleiste vergrößern (oder das Mausrad drehen)</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
    </context>
    <context>
        <name>CommandQuestion</name>
        <message>
            <source>&amp;Do not run it</source>
            <translation>&amp;Nicht ausführen</translation>
        </message>
        <message>
            <source>&amp;Run it when the trigger fires</source>
            <translation>&amp;Bei jedem Auslösen ausführen</translation>
        </message>
        <message>
            <source>Argument {number}: {argument}</source>
            <translation>Argument {number}: {argument}</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>It runs with your rights, without a shell, for at most half a minute. Confirm it only if you wrote it yourself or know what it does.</source>
            <translation>Er läuft mit Ihren Rechten, ohne Shell, höchstens eine halbe Minute. Bestätigen Sie ihn nur, wenn Sie ihn selbst geschrieben haben oder wissen, was er tut.</translation>
        </message>
        <message>
            <source>May this command run each time the trigger fires?</source>
            <translation>Darf dieser Befehl bei jedem Auslösen laufen?</translation>
        </message>
        <message>
            <source>Program: {program}</source>
            <translation>Programm: {program}</translation>
        </message>
        <message>
            <source>Run a command</source>
            <translation>Befehl ausführen</translation>
        </message>
        <message>
            <source>There is no program “{program}” on this computer now.</source>
            <translation>Ein Programm „{program}“ gibt es auf diesem Rechner zurzeit nicht.</translation>
        </message>
    </context>
    <context>
        <name>ControlPanel</name>
        <message>
            <source> Record</source>
            <translation> Aufnehmen</translation>
        </message>
        <message>
            <source> Snapshot</source>
            <translation> Foto</translation>
        </message>
        <message>
            <source> Stop  {time}</source>
            <translation> Stopp  {time}</translation>
        </message>
        <message>
            <source>Analyse every frame…</source>
            <translation>Jedes Bild auswerten…</translation>
        </message>
        <message>
            <source>Everything stays on this computer; only Record, Analyse and Snapshot save anything.</source>
            <translation>Alles bleibt auf diesem Rechner; nur „Aufnehmen“, „Auswerten“ und „Foto“ speichern etwas.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keinem Modell</translation>
        </message>
        <message>
            <source>Only Record, Analyse and Snapshot save anything.</source>
            <translation>Nur „Aufnehmen“, „Auswerten“ und „Foto“ speichern etwas.</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Record the video and a table of all values (R)</source>
            <translation>Video und eine Tabelle aller Werte aufnehmen (R)</translation>
        </message>
        <message>
            <source>Save the current frame as shown (S)</source>
            <translation>Aktuelles Bild wie angezeigt speichern (S)</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Stop recording</source>
            <translation>Aufnahme beenden</translation>
        </message>
        <message>
            <source>Stop recording (R)</source>
            <translation>Aufnahme beenden (R)</translation>
        </message>
        <message>
            <source>Work through the whole file in the background; no frame is dropped (Ctrl+E)</source>
            <translation>Die ganze Datei im Hintergrund durcharbeiten; kein Bild wird ausgelassen (Strg+E)</translation>
        </message>
    </context>
    <context>
        <name>Degradation</name>
        <message>
            <source>faces are searched for a third as often</source>
            <translation>Gesichter werden ein Drittel so oft gesucht</translation>
        </message>
        <message>
            <source>faces are searched for a third as often, expressions read in every 2nd frame</source>
            <translation>Gesichter werden ein Drittel so oft gesucht, Ausdrücke in jedem 2. Bild gelesen</translation>
        </message>
        <message>
            <source>faces are searched for a third as often, on a smaller copy</source>
            <translation>Gesichter werden ein Drittel so oft gesucht, auf einer kleineren Kopie</translation>
        </message>
        <message>
            <source>faces are searched for half as often</source>
            <translation>Gesichter werden halb so oft gesucht</translation>
        </message>
    </context>
    <context>
        <name>Detector</name>
        <message>
            <source>'{path}' cannot be read: {reason}.</source>
            <translation>„{path}“ ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>'{source}' is not the expected file for blendshapes (SHA-256 differs).</source>
            <translation>„{source}“ ist nicht die erwartete Datei für Blendshapes (SHA-256 weicht ab).</translation>
        </message>
        <message>
            <source>Check the network connection, or fetch it elsewhere and give it with: realtime-fer fetch-detectors --blendshapes --from FILE</source>
            <translation>Prüfen Sie die Netzwerkverbindung, oder holen Sie die Datei anderswo und geben Sie sie an mit: realtime-fer fetch-detectors --blendshapes --from DATEI</translation>
        </message>
        <message>
            <source>Check the network connection, then run: realtime-fer fetch-detectors</source>
            <translation>Die Netzwerkverbindung prüfen, dann ausführen: realtime-fer fetch-detectors</translation>
        </message>
        <message>
            <source>For a comparison, run: pip install 'realtime-fer[mediapipe]'</source>
            <translation>Für einen Vergleich: pip install 'realtime-fer[mediapipe]'</translation>
        </message>
        <message>
            <source>Google's file for blendshapes, {name}, is not on this computer.</source>
            <translation>Googles Datei für Blendshapes, {name}, ist nicht auf diesem Computer.</translation>
        </message>
        <message>
            <source>Haar Cascade</source>
            <translation>Haar-Kaskade</translation>
        </message>
        <message>
            <source>Install opencv-python-headless 4.10 or later, but below 5.</source>
            <translation>opencv-python-headless 4.10 oder neuer, aber unter 5, installieren.</translation>
        </message>
        <message>
            <source>Known are: {known}.</source>
            <translation>Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>MediaPipe's face detector file {name} is not on this computer yet.</source>
            <translation>Die Datei {name} von MediaPipes Gesichtsdetektor ist noch nicht auf diesem Rechner.</translation>
        </message>
        <message>
            <source>OpenCV's face cascade {name} is missing.</source>
            <translation>OpenCVs Gesichtskaskade {name} fehlt.</translation>
        </message>
        <message>
            <source>Run: realtime-fer fetch-detectors</source>
            <translation>Dafür ausführen: realtime-fer fetch-detectors</translation>
        </message>
        <message>
            <source>Run: realtime-fer fetch-detectors --blendshapes</source>
            <translation>Rufen Sie auf: realtime-fer fetch-detectors --blendshapes</translation>
        </message>
        <message>
            <source>Run: {python} -m ensurepip, then: realtime-fer fetch-detectors</source>
            <translation>Zuerst ausführen: {python} -m ensurepip, dann: realtime-fer fetch-detectors</translation>
        </message>
        <message>
            <source>The blendshape networks could not be started.</source>
            <translation>Die Netze für Blendshapes konnten nicht gestartet werden.</translation>
        </message>
        <message>
            <source>The detector '{name}' needs MediaPipe's own runtime, which is not installed. It contacts Google.</source>
            <translation>Der Detektor „{name}“ braucht MediaPipes eigene Laufzeit, die nicht installiert ist. Sie verbindet sich mit Google.</translation>
        </message>
        <message>
            <source>The face detector could not be started.</source>
            <translation>Der Gesichtsdetektor ließ sich nicht starten.</translation>
        </message>
        <message>
            <source>The face detector file {path} cannot be read: {reason}.</source>
            <translation>Die Datei {path} des Gesichtsdetektors lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>The face detector file {path} is damaged (SHA-256 differs).</source>
            <translation>Die Datei {path} des Gesichtsdetektors ist beschädigt (SHA-256 weicht ab).</translation>
        </message>
        <message>
            <source>The face detector files cannot be fetched: this Python has no pip.</source>
            <translation>Die Dateien des Gesichtsdetektors lassen sich nicht herunterladen: Diesem Python fehlt pip.</translation>
        </message>
        <message>
            <source>The face detector files cannot be stored in {folder}: {reason}.</source>
            <translation>Die Dateien des Gesichtsdetektors lassen sich nicht in {folder} ablegen: {reason}.</translation>
        </message>
        <message>
            <source>The face detector files could not be fetched from the package index ({reason}).</source>
            <translation>Die Dateien des Gesichtsdetektors ließen sich nicht vom Paketverzeichnis herunterladen ({reason}).</translation>
        </message>
        <message>
            <source>The face detector is closed.</source>
            <translation>Der Gesichtsdetektor ist geschlossen.</translation>
        </message>
        <message>
            <source>The fetched face detector file {name} is not the expected one (SHA-256 differs).</source>
            <translation>Die heruntergeladene Datei {name} des Gesichtsdetektors ist nicht die erwartete (SHA-256 weicht ab).</translation>
        </message>
        <message>
            <source>The file for blendshapes cannot be stored in {folder}: {reason}.</source>
            <translation>Die Datei für Blendshapes kann nicht in {folder} gespeichert werden: {reason}.</translation>
        </message>
        <message>
            <source>The file for blendshapes could not be fetched from Google ({reason}).</source>
            <translation>Die Datei für Blendshapes konnte nicht von Google geholt werden ({reason}).</translation>
        </message>
        <message>
            <source>The file for blendshapes, {path}, cannot be read: {reason}.</source>
            <translation>Die Datei für Blendshapes, {path}, ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>The file for blendshapes, {path}, is damaged (SHA-256 differs).</source>
            <translation>Die Datei für Blendshapes, {path}, ist beschädigt (SHA-256 weicht ab).</translation>
        </message>
        <message>
            <source>The iris network could not be started.</source>
            <translation>Das Netz für die Iris ließ sich nicht starten.</translation>
        </message>
        <message>
            <source>The landmark network could not be started.</source>
            <translation>Das Netz für Gesichtspunkte konnte nicht gestartet werden.</translation>
        </message>
        <message>
            <source>The landmark network is closed.</source>
            <translation>Das Netz für Gesichtspunkte ist geschlossen.</translation>
        </message>
        <message>
            <source>The package that was fetched for the face detector holds no usable {name}.</source>
            <translation>Das für den Gesichtsdetektor heruntergeladene Paket enthält keine brauchbare Datei {name}.</translation>
        </message>
        <message>
            <source>There is no detector '{name}'.</source>
            <translation>Es gibt keinen Detektor „{name}“.</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>&amp;Address of a network camera or stream</source>
            <translation>&amp;Adresse einer Netzwerkkamera oder eines Streams</translation>
        </message>
        <message>
            <source>About Realtime FER</source>
            <translation>Über Realtime FER</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Choose videos</source>
            <translation>Videos wählen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Everyone in view should know about it. In the European Union, inferring people’s emotions from their faces at work or in education is prohibited (AI Act, Article 5).</source>
            <translation>Wer im Bild ist, soll davon wissen. In der Europäischen Union ist es verboten, bei der Arbeit oder in der Bildung aus Gesichtern auf Gefühle zu schließen (KI-Verordnung, Artikel 5).</translation>
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later), without any warranty.</source>
            <translation>Freie Software unter der GNU General Public License, Version 3 oder später (GPL-3.0-or-later), ohne jede Gewähr.</translation>
        </message>
        <message>
            <source>It starts with rtsp://, http:// or https://; rtmp:// and udp:// also work.</source>
            <translation>Sie beginnt mit rtsp://, http:// oder https://; auch rtmp:// und udp:// sind möglich.</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Load model</source>
            <translation>Modell laden</translation>
        </message>
        <message>
            <source>Models and their cards</source>
            <translation>Modelle und ihre Karten</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open folder of pictures</source>
            <translation>Ordner mit Bildern öffnen</translation>
        </message>
        <message>
            <source>Open network stream</source>
            <translation>Netzwerkstream öffnen</translation>
        </message>
        <message>
            <source>Open video or picture</source>
            <translation>Video oder Bild öffnen</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Shows live, on this computer, which facial expression is visible on each face.</source>
            <translation>Zeigt live auf diesem Rechner, welcher Ausdruck auf jedem Gesicht zu sehen ist.</translation>
        </message>
        <message>
            <source>The words name what a face looks like, not what a person feels: people smile without joy and are sad without showing it. The model is often wrong, and more often for some faces than for others; its card says how often it was right on which pictures. Do not use it to judge anyone.</source>
            <translation>Die Wörter benennen, wie ein Gesicht aussieht, nicht, was ein Mensch fühlt: Man lächelt ohne Freude und ist traurig, ohne es zu zeigen. Das Modell irrt sich oft, und bei manchen Gesichtern öfter als bei anderen; seine Karte sagt, wie oft es bei welchen Bildern richtig lag. Es taugt nicht dazu, jemanden zu beurteilen.</translation>
        </message>
        <message>
            <source>Version {version}</source>
            <translation>Version {version}</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Videos</translation>
        </message>
        <message>
            <source>Videos and pictures</source>
            <translation>Videos und Bilder</translation>
        </message>
    </context>
    <context>
        <name>DockHeader</name>
        <message>
            <source>Close {title}</source>
            <translation>{title} schließen</translation>
        </message>
    </context>
    <context>
        <name>Doubt</name>
        <message>
            <source>Dim the light, or lower the camera's exposure.</source>
            <translation>Das Licht dämpfen oder die Belichtung der Kamera verringern.</translation>
        </message>
        <message>
            <source>Face the camera.</source>
            <translation>In die Kamera schauen.</translation>
        </message>
        <message>
            <source>Hold still, or clean the lens.</source>
            <translation>Stillhalten oder die Linse putzen.</translation>
        </message>
        <message>
            <source>Move closer, or set a higher camera resolution.</source>
            <translation>Näher kommen oder eine höhere Kameraauflösung einstellen.</translation>
        </message>
        <message>
            <source>No expression is probable enough.</source>
            <translation>Kein Ausdruck ist wahrscheinlich genug.</translation>
        </message>
        <message>
            <source>The two most probable expressions are about equally likely.</source>
            <translation>Die zwei wahrscheinlichsten Ausdrücke liegen etwa gleichauf.</translation>
        </message>
        <message>
            <source>Turn on a light in front of you.</source>
            <translation>Vor dem Gesicht ein Licht einschalten.</translation>
        </message>
        <message>
            <source>blurry</source>
            <translation>unscharf</translation>
        </message>
        <message>
            <source>no clear expression</source>
            <translation>kein klarer Ausdruck</translation>
        </message>
        <message>
            <source>too bright</source>
            <translation>zu hell</translation>
        </message>
        <message>
            <source>too dark</source>
            <translation>zu dunkel</translation>
        </message>
        <message>
            <source>too small</source>
            <translation>zu klein</translation>
        </message>
        <message>
            <source>turned away</source>
            <translation>abgewandt</translation>
        </message>
        <message>
            <source>two expressions tie</source>
            <translation>zwei gleichauf</translation>
        </message>
    </context>
    <context>
        <name>DryRun</name>
        <message>
            <source>In the last minute it would have fired once: {times}.</source>
            <translation>In der letzten Minute hätte er einmal ausgelöst: {times}.</translation>
        </message>
        <message>
            <source>In the last minute it would have fired {count} times: {times}.</source>
            <translation>In der letzten Minute hätte er {count}-mal ausgelöst: {times}.</translation>
        </message>
        <message>
            <source>In the last minute it would not have fired.</source>
            <translation>In der letzten Minute hätte er nicht ausgelöst.</translation>
        </message>
        <message>
            <source>Nobody was in view in the last minute, so it would not have fired.</source>
            <translation>In der letzten Minute war niemand im Bild; er hätte also nicht ausgelöst.</translation>
        </message>
        <message>
            <source>{seconds} s ago ({who})</source>
            <translation>vor {seconds} s ({who})</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <source>'{name}' could not be loaded: {kind}: {error}.</source>
            <translation>„{name}“ konnte nicht geladen werden: {kind}: {error}.</translation>
        </message>
        <message>
            <source>The analysis stopped because of a fault in the program ({kind}: {error}).</source>
            <translation>Die Auswertung endete wegen eines Fehlers im Programm ({kind}: {error}).</translation>
        </message>
        <message>
            <source>The picture was not saved ({kind}: {error}).</source>
            <translation>Das Bild wurde nicht gespeichert ({kind}: {error}).</translation>
        </message>
        <message>
            <source>The picture was not saved: the disk cannot keep up.</source>
            <translation>Das Bild wurde nicht gespeichert: Der Datenträger kommt nicht nach.</translation>
        </message>
        <message>
            <source>The recording could not be finished ({kind}: {error}).</source>
            <translation>Die Aufnahme konnte nicht abgeschlossen werden ({kind}: {error}).</translation>
        </message>
        <message>
            <source>The recording stopped because of a fault in the program ({kind}: {error}).</source>
            <translation>Die Aufnahme endete wegen eines Fehlers im Programm ({kind}: {error}).</translation>
        </message>
        <message>
            <source>There is no picture yet.</source>
            <translation>Noch gibt es kein Bild.</translation>
        </message>
    </context>
    <context>
        <name>EventDispatcher</name>
        <message>
            <source>Choose another source, or restart the program.</source>
            <translation>Eine andere Quelle wählen oder das Programm neu starten.</translation>
        </message>
        <message>
            <source>The video has stopped</source>
            <translation>Das Video steht</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>BIDS events</source>
            <translation>BIDS-Ereignisse</translation>
        </message>
        <message>
            <source>Captions (SubRip)</source>
            <translation>Untertitel (SubRip)</translation>
        </message>
        <message>
            <source>Captions (WebVTT)</source>
            <translation>Untertitel (WebVTT)</translation>
        </message>
        <message>
            <source>Corrected table (CSV)</source>
            <translation>Korrigierte Tabelle (CSV)</translation>
        </message>
        <message>
            <source>ELAN</source>
            <translation>ELAN</translation>
        </message>
        <message>
            <source>For R, pandas and spreadsheets: all columns, corrected, with the people’s names</source>
            <translation>Für R, pandas und Tabellenprogramme: alle Spalten, korrigiert, mit den Namen der Personen</translation>
        </message>
        <message>
            <source>For annotation by hand: a tier for each person and one for the markers</source>
            <translation>Zum Annotieren von Hand: eine Zeile für jede Person und eine für die Marken</translation>
        </message>
        <message>
            <source>For brain imaging data sets: each expression and marker with onset and duration</source>
            <translation>Für Datensätze der Hirnbildgebung: jeder Ausdruck und jede Marke mit Beginn und Dauer</translation>
        </message>
        <message>
            <source>For browsers and players: what each person shows, beside the video</source>
            <translation>Für Browser und Player: was jede Person zeigt, neben dem Video</translation>
        </message>
        <message>
            <source>For py-feat in Python: its columns, the model’s own probabilities</source>
            <translation>Für py-feat in Python: dessen Spalten, die eigenen Wahrscheinlichkeiten des Modells</translation>
        </message>
        <message>
            <source>Left out: {what}.</source>
            <translation>Weggelassen: {what}.</translation>
        </message>
        <message>
            <source>Nothing is left out.</source>
            <translation>Nichts wird weggelassen.</translation>
        </message>
        <message>
            <source>The same, for players that do not support WebVTT</source>
            <translation>Dasselbe für Player, die WebVTT nicht kennen</translation>
        </message>
        <message>
            <source>excluded spans ({time})</source>
            <translation>ausgeschlossene Abschnitte ({time})</translation>
        </message>
        <message>
            <source>hidden people ({names})</source>
            <translation>ausgeblendete Personen ({names})</translation>
        </message>
        <message>
            <source>py-feat</source>
            <translation>py-feat</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>&amp;Browse…</source>
            <translation>&amp;Durchsuchen…</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>&amp;Exportieren</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export for other programs</source>
            <translation>Für andere Programme exportieren</translation>
        </message>
        <message>
            <source>Export into folder</source>
            <translation>In Ordner exportieren</translation>
        </message>
        <message>
            <source>Into &amp;folder</source>
            <translation>In den &amp;Ordner</translation>
        </message>
    </context>
    <context>
        <name>Expression</name>
        <message>
            <source>Angry</source>
            <translation>Wütend</translation>
        </message>
        <message>
            <source>Contempt</source>
            <translation>Verächtlich</translation>
        </message>
        <message>
            <source>Disgust</source>
            <translation>Angeekelt</translation>
        </message>
        <message>
            <source>Fear</source>
            <translation>Ängstlich</translation>
        </message>
        <message>
            <source>Happy</source>
            <translation>Fröhlich</translation>
        </message>
        <message>
            <source>Neutral</source>
            <translation>Neutral</translation>
        </message>
        <message>
            <source>Sad</source>
            <translation>Traurig</translation>
        </message>
        <message>
            <source>Surprise</source>
            <translation>Überrascht</translation>
        </message>
    </context>
    <context>
        <name>FilmView</name>
        <message>
            <source>Video</source>
            <translation>Video</translation>
        </message>
    </context>
    <context>
        <name>Folders</name>
        <message>
            <source>No file manager could be opened; the folder is {folder}.</source>
            <translation>Es ließ sich kein Dateimanager öffnen; der Ordner ist {folder}.</translation>
        </message>
        <message>
            <source>Nothing has been recorded yet; recordings are saved in {folder}.</source>
            <translation>Noch wurde nichts aufgenommen; Aufnahmen werden in {folder} gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>Language</name>
        <message>
            <source>System default</source>
            <translation>Systemstandard</translation>
        </message>
    </context>
    <context>
        <name>LatencyDock</name>
        <message>
            <source>Latency</source>
            <translation>Latenz</translation>
        </message>
        <message>
            <source>mark: time budget per frame</source>
            <translation>Strich: Zeitbudget je Bild</translation>
        </message>
    </context>
    <context>
        <name>LatencyPanel</name>
        <message>
            <source>95 % of the frames are on screen within this time</source>
            <translation>95 % der Bilder sind in dieser Zeit auf dem Bildschirm</translation>
        </message>
        <message>
            <source>95th percentile</source>
            <translation>95. Perzentil</translation>
        </message>
        <message>
            <source>Capture</source>
            <translation>Erfassen</translation>
        </message>
        <message>
            <source>Capture to screen</source>
            <translation>Bis zum Bildschirm</translation>
        </message>
        <message>
            <source>Classify</source>
            <translation>Klassifizieren</translation>
        </message>
        <message>
            <source>Cropping the faces and classifying their expressions</source>
            <translation>Gesichter ausschneiden und ihre Ausdrücke klassifizieren</translation>
        </message>
        <message>
            <source>Detect</source>
            <translation>Erkennen</translation>
        </message>
        <message>
            <source>Detect, classify and hide faces combined</source>
            <translation>Erkennen, Klassifizieren und Verbergen der Gesichter zusammen</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Zeichnen</translation>
        </message>
        <message>
            <source>Dropped: {dropped} before analysis, {undrawn} before display, {unrecorded} from the recording</source>
            <translation>Ausgelassen: {dropped} vor der Analyse, {undrawn} vor der Anzeige, {unrecorded} in der Aufnahme</translation>
        </message>
        <message>
            <source>Finding and tracking the faces</source>
            <translation>Gesichter finden und verfolgen</translation>
        </message>
        <message>
            <source>Frames per second: the source’s nominal rate, delivered, displayed</source>
            <translation>Bilder pro Sekunde: Nennrate der Quelle, geliefert, angezeigt</translation>
        </message>
        <message>
            <source>Frames skipped to keep the view live: before analysis, before display, and in the recording</source>
            <translation>Bilder, die ausgelassen wurden, damit die Ansicht live bleibt: vor der Analyse, vor der Anzeige und in der Aufnahme</translation>
        </message>
        <message>
            <source>From capture to screen, median</source>
            <translation>Von der Erfassung bis zum Bildschirm, Median</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>Latenz</translation>
        </message>
        <message>
            <source>Load not reduced</source>
            <translation>Last nicht verringert</translation>
        </message>
        <message>
            <source>Load reduced, step {step}: {words}</source>
            <translation>Last verringert, Stufe {step}: {words}</translation>
        </message>
        <message>
            <source>Painting the frame and its overlay in the window</source>
            <translation>Bild und Einblendungen im Fenster zeichnen</translation>
        </message>
        <message>
            <source>Processing</source>
            <translation>Verarbeitung</translation>
        </message>
        <message>
            <source>Reading a frame; for a camera, this includes waiting for it</source>
            <translation>Ein Bild lesen; bei einer Kamera einschließlich der Wartezeit</translation>
        </message>
        <message>
            <source>fps: {asked} nominal, {given} delivered, {shown} displayed</source>
            <translation>fps: {asked} nominal, {given} geliefert, {shown} angezeigt</translation>
        </message>
        <message>
            <source>{ms} ms</source>
            <translation>{ms} ms</translation>
        </message>
        <message>
            <source>{ms} of {budget} ms</source>
            <translation>{ms} von {budget} ms</translation>
        </message>
    </context>
    <context>
        <name>Legend</name>
        <message>
            <source>Colours of the expressions</source>
            <translation>Farben der Ausdrücke</translation>
        </message>
        <message>
            <source>No expression is named: the face cannot be seen well enough, two expressions tie, or none is clear. In the picture such a face has white corners and the reason; in the timeline it has stripes.</source>
            <translation>Kein Ausdruck wird genannt: Das Gesicht ist nicht gut genug zu sehen, zwei Ausdrücke liegen gleichauf oder keiner ist klar. Im Bild hat ein solches Gesicht weiße Ecken und den Grund dabei, im Zeitverlauf Streifen.</translation>
        </message>
        <message>
            <source>The chosen model does not know this expression.</source>
            <translation>Das gewählte Modell kennt diesen Ausdruck nicht.</translation>
        </message>
        <message>
            <source>Uncertain</source>
            <translation>Unsicher</translation>
        </message>
    </context>
    <context>
        <name>Live</name>
        <message>
            <source>Sharing numbers with other computers</source>
            <translation>Teilt Zahlen mit anderen Rechnern</translation>
        </message>
        <message>
            <source>Sharing numbers with other programs</source>
            <translation>Teilt Zahlen mit anderen Programmen</translation>
        </message>
    </context>
    <context>
        <name>LiveControl</name>
        <message>
            <source>LSL on the network</source>
            <translation>LSL im Netzwerk</translation>
        </message>
        <message>
            <source>Numbers for other programs</source>
            <translation>Zahlen für andere Programme</translation>
        </message>
        <message>
            <source>Sharing numbers with other programs at {where}</source>
            <translation>Teilt Zahlen mit anderen Programmen: {where}</translation>
        </message>
        <message>
            <source>◉ Live on the network: {count}</source>
            <translation>◉ Live im Netzwerk: {count}</translation>
        </message>
        <message>
            <source>◉ Live: OSC</source>
            <translation>◉ Live: OSC</translation>
        </message>
        <message>
            <source>◉ Live: {count}</source>
            <translation>◉ Live: {count}</translation>
        </message>
    </context>
    <context>
        <name>LivePage</name>
        <message>
            <source>Connected: {kind}, {address}, {dropped} frames dropped</source>
            <translation>Verbunden: {kind}, {address}, {dropped} Bilder ausgelassen</translation>
        </message>
        <message>
            <source>Copy &amp;address</source>
            <translation>A&amp;dresse kopieren</translation>
        </message>
        <message>
            <source>Copy &amp;token</source>
            <translation>&amp;Token kopieren</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>Ereignisse</translation>
        </message>
        <message>
            <source>LSL has no channel for what you taught since it started; switch it off and on to add it.</source>
            <translation>LSL hat keinen Kanal für Ausdrücke, die Sie seit dem Start der Ströme beigebracht haben; aus- und wieder einschalten fügt ihn hinzu.</translation>
        </message>
        <message>
            <source>LSL: every computer on the network can find and read the streams.</source>
            <translation>LSL: Jeder Rechner im Netzwerk kann die Ströme finden und lesen.</translation>
        </message>
        <message>
            <source>LSL: only programs on this computer find the streams; use a firewall to keep other computers out.</source>
            <translation>LSL: Nur Programme auf diesem Rechner finden die Ströme; lassen Sie eine Firewall andere Rechner fernhalten.</translation>
        </message>
        <message>
            <source>LSL: programs on this computer can find and read the streams.</source>
            <translation>LSL: Programme auf diesem Rechner können die Ströme finden und lesen.</translation>
        </message>
        <message>
            <source>Marker streams found: {names}</source>
            <translation>Gefundene Marker-Streams: {names}</translation>
        </message>
        <message>
            <source>Markers come from {stream}.</source>
            <translation>Marken kommen von {stream}.</translation>
        </message>
        <message>
            <source>No program is connected.</source>
            <translation>Kein Programm ist verbunden.</translation>
        </message>
        <message>
            <source>Nothing leaves the program.</source>
            <translation>Nichts verlässt das Programm.</translation>
        </message>
        <message>
            <source>OSC goes to {target}</source>
            <translation>OSC geht an {target}</translation>
        </message>
        <message>
            <source>Page for an OBS browser source</source>
            <translation>Seite für eine Browserquelle in OBS</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Read: {stream}</source>
            <translation>Gelesen wird: {stream}</translation>
        </message>
        <message>
            <source>Token for commands</source>
            <translation>Token für Befehle</translation>
        </message>
        <message>
            <source>Token: {token}</source>
            <translation>Token: {token}</translation>
        </message>
        <message>
            <source>WebSocket: {address}</source>
            <translation>WebSocket: {address}</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>und {count} weitere</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Finishing the analysis…</source>
            <translation>Die Auswertung wird abgeschlossen…</translation>
        </message>
        <message>
            <source>Finishing the recording…</source>
            <translation>Die Aufnahme wird abgeschlossen…</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>The window will close automatically.</source>
            <translation>Das Fenster schließt sich automatisch.</translation>
        </message>
    </context>
    <context>
        <name>Markers</name>
        <message>
            <source>The marker was not set: the disk cannot keep up.</source>
            <translation>Die Marke wurde nicht gesetzt: Der Datenträger kommt nicht nach.</translation>
        </message>
        <message>
            <source>There is no picture to mark yet.</source>
            <translation>Es gibt noch kein Bild, das eine Marke bekommen könnte.</translation>
        </message>
    </context>
    <context>
        <name>MarkersList</name>
        <message>
            <source>Double-click a note to change it. Move markers in the timeline.</source>
            <translation>Doppelklick auf eine Notiz ändert sie. Verschoben werden Marken in der Zeitleiste.</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>Marken</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>&amp;Wiedergabe</translation>
        </message>
        <message>
            <source>&amp;Recording</source>
            <translation>&amp;Aufnahme</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>A&amp;nsicht</translation>
        </message>
        <message>
            <source>De&amp;tectors</source>
            <translation>De&amp;tektoren</translation>
        </message>
        <message>
            <source>Go to the next control; press it with Space or Enter</source>
            <translation>Zum nächsten Bedienelement; Leertaste oder Eingabetaste betätigt es</translation>
        </message>
        <message>
            <source>Mod&amp;els</source>
            <translation>&amp;Modelle</translation>
        </message>
        <message>
            <source>Switch to one of the first nine models</source>
            <translation>Zu einem der ersten neun Modelle wechseln</translation>
        </message>
    </context>
    <context>
        <name>Model</name>
        <message>
            <source>'class_names' holds {value!r}; known are {known}</source>
            <translation>„class_names“ enthält {value!r}; bekannt sind {known}</translation>
        </message>
        <message>
            <source>'class_names' must be two or more different names, got {value!r}</source>
            <translation>„class_names“ muss aus zwei oder mehr verschiedenen Namen bestehen, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'file' must be a plain file name beside the card, got {value!r}</source>
            <translation>„file“ muss ein einfacher Dateiname neben der Karte sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'id' must be printable, got {value!r}</source>
            <translation>„id“ muss druckbar sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'input.channels' must be 1 or 3</source>
            <translation>„input.channels“ muss 1 oder 3 sein</translation>
        </message>
        <message>
            <source>'prior' must have an entry 'standard'</source>
            <translation>„prior“ braucht einen Eintrag „standard“</translation>
        </message>
        <message>
            <source>'prior.probabilities' must add up to 1, got {total}</source>
            <translation>„prior.probabilities“ muss zusammen 1 ergeben, ist aber {total}</translation>
        </message>
        <message>
            <source>'prior.probabilities' must name each of 'class_names' once</source>
            <translation>„prior.probabilities“ muss jeden Eintrag von „class_names“ einmal nennen</translation>
        </message>
        <message>
            <source>'schema' is {found!r}, this program reads {wanted}</source>
            <translation>„schema“ ist {found!r}, dieses Programm liest {wanted}</translation>
        </message>
        <message>
            <source>'sha256' must be 64 hexadecimal digits, got {value!r}</source>
            <translation>„sha256“ muss aus 64 hexadezimalen Ziffern bestehen, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' contains an unpaired surrogate, which no file can hold</source>
            <translation>„{name}“ enthält ein halbes Surrogatpaar, das in keiner Datei stehen kann</translation>
        </message>
        <message>
            <source>'{name}' has no card; its card, '{card}', must lie beside it.</source>
            <translation>„{name}“ hat keine Karte; sie heißt „{card}“ und muss daneben liegen.</translation>
        </message>
        <message>
            <source>'{name}' is no model; choose a .tflite file with its card, a .json file of the same name, beside it.</source>
            <translation>„{name}“ ist kein Modell; bitte eine .tflite-Datei wählen, neben der ihre Karte liegt, eine .json-Datei gleichen Namens.</translation>
        </message>
        <message>
            <source>'{name}' must be a number or a list of {count}, one for each channel, got {value!r}</source>
            <translation>„{name}“ muss eine Zahl oder eine Liste von {count} sein, eine für jeden Kanal, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must be a number, got {value!r}</source>
            <translation>„{name}“ muss eine Zahl sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must be a text, got {value!r}</source>
            <translation>„{name}“ muss ein Text sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must be a whole number, got {value!r}</source>
            <translation>„{name}“ muss eine ganze Zahl sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must be an object, got {value!r}</source>
            <translation>„{name}“ muss ein Objekt sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must be one of {known}, got {value!r}</source>
            <translation>„{name}“ muss eines von {known} sein, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must be {low} to {high}, got {value!r}</source>
            <translation>„{name}“ muss zwischen {low} und {high} liegen, ist aber {value!r}</translation>
        </message>
        <message>
            <source>'{name}' must have at most {most} characters, got {count}</source>
            <translation>„{name}“ darf höchstens {most} Zeichen haben, hat aber {count}</translation>
        </message>
        <message>
            <source>'{name}' must have {most} entries at most, got {count}</source>
            <translation>„{name}“ darf höchstens {most} Einträge haben, hat aber {count}</translation>
        </message>
        <message>
            <source>'{path}' cannot be read: {reason}.</source>
            <translation>„{path}“ lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>'{path}' is larger than {most_bytes} bytes.</source>
            <translation>„{path}“ ist größer als {most_bytes} Bytes.</translation>
        </message>
        <message>
            <source>'{path}' is not an ordinary file.</source>
            <translation>„{path}“ ist keine gewöhnliche Datei.</translation>
        </message>
        <message>
            <source>Add {line} to its card; for details, run: {command}</source>
            <translation>Tragen Sie {line} in die Karte ein; mehr dazu: {command}</translation>
        </message>
        <message>
            <source>For details, run: {command}</source>
            <translation>Mehr dazu: {command}</translation>
        </message>
        <message>
            <source>Get it again from where it came from, or export it again.</source>
            <translation>Neu von der Quelle herunterladen oder neu exportieren.</translation>
        </message>
        <message>
            <source>Get the network again, or export it again.</source>
            <translation>Das Netz neu besorgen oder neu exportieren.</translation>
        </message>
        <message>
            <source>If they are logits, add {line} to its card; for details, run: {command}</source>
            <translation>Wenn es Logits sind, tragen Sie {line} in die Karte ein; mehr dazu: {command}</translation>
        </message>
        <message>
            <source>If they are sigmoids, add {line} to its card; for details, run: {command}</source>
            <translation>Wenn es Sigmoide sind, tragen Sie {line} in die Karte ein; mehr dazu: {command}</translation>
        </message>
        <message>
            <source>Known are: {known}.</source>
            <translation>Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>Only {count} of the cards in {folder} were read.</source>
            <translation>Von den Karten in {folder} wurden nur {count} gelesen.</translation>
        </message>
        <message>
            <source>Reinstall the program, or export the model again.</source>
            <translation>Das Programm neu installieren oder das Modell neu exportieren.</translation>
        </message>
        <message>
            <source>The card beside '{name}' is that of another file, '{other}'.</source>
            <translation>Die Karte neben „{name}“ gehört zu einer anderen Datei, „{other}“.</translation>
        </message>
        <message>
            <source>The model '{path}' has no card, {card}, beside it.</source>
            <translation>Neben dem Modell „{path}“ liegt keine Karte, {card}.</translation>
        </message>
        <message>
            <source>The model card {path} is left out: there is a model '{model_id}' already.</source>
            <translation>Die Modellkarte {path} wird ausgelassen: Ein Modell „{model_id}“ gibt es schon.</translation>
        </message>
        <message>
            <source>The model card {path} is not JSON: {error}.</source>
            <translation>Die Modellkarte {path} ist kein JSON: {error}.</translation>
        </message>
        <message>
            <source>The model card {path} is not usable: {reason}.</source>
            <translation>Die Modellkarte {path} ist nicht brauchbar: {reason}.</translation>
        </message>
        <message>
            <source>The model file {name} could not be tried: {reason}.</source>
            <translation>Die Modelldatei {name} konnte nicht erprobt werden: {reason}.</translation>
        </message>
        <message>
            <source>The model file {name} is damaged or hostile: the process that tried it crashed.</source>
            <translation>Die Modelldatei {name} ist beschädigt oder bösartig: Der Prozess, der sie erprobte, brach zusammen.</translation>
        </message>
        <message>
            <source>The model file {name} is damaged or is not the one its card describes (SHA-256 differs).</source>
            <translation>Die Modelldatei {name} ist beschädigt oder nicht die, die ihre Karte beschreibt (SHA-256 weicht ab).</translation>
        </message>
        <message>
            <source>The model file {name} is not a TFLite network.</source>
            <translation>Die Modelldatei {name} ist kein TFLite-Netz.</translation>
        </message>
        <message>
            <source>The model file {name} is not a network that LiteRT can run.</source>
            <translation>Die Modelldatei {name} ist kein Netz, das LiteRT ausführen kann.</translation>
        </message>
        <message>
            <source>The model file {name} is not usable: it ran {timeout_s:g} seconds.</source>
            <translation>Die Modelldatei {name} ist nicht brauchbar: Sie lief {timeout_s:g} Sekunden.</translation>
        </message>
        <message>
            <source>The model {model_id} cannot be used: it gives values from {low:.3g} to {high:.3g} for a face, and probabilities are 0 to 1.</source>
            <translation>Das Modell {model_id} ist nicht brauchbar: Es gibt für ein Gesicht Werte von {low:.3g} bis {high:.3g}, und Wahrscheinlichkeiten liegen zwischen 0 und 1.</translation>
        </message>
        <message>
            <source>The model {model_id} cannot be used: it gives values that are not finite numbers for some faces.</source>
            <translation>Das Modell {model_id} ist nicht brauchbar: Es gibt für manche Gesichter Werte, die keine endlichen Zahlen sind.</translation>
        </message>
        <message>
            <source>The model {model_id} cannot be used: its values for a face add up to {sum:.3g}, and probabilities add up to 1.</source>
            <translation>Das Modell {model_id} ist nicht brauchbar: Seine Werte für ein Gesicht ergeben zusammen {sum:.3g}, und Wahrscheinlichkeiten ergeben 1.</translation>
        </message>
        <message>
            <source>The model {model_id} gives {shape} values a face, but its card names {count} classes.</source>
            <translation>Das Modell {model_id} gibt {shape} Werte je Gesicht, seine Karte nennt aber {count} Klassen.</translation>
        </message>
        <message>
            <source>The model {model_id} has {count} inputs, and a face is one.</source>
            <translation>Das Modell {model_id} hat {count} Eingänge, und ein Gesicht ist einer.</translation>
        </message>
        <message>
            <source>The model {model_id} has {count} outputs, but its card names number {number}.</source>
            <translation>Das Modell {model_id} hat {count} Ausgänge, seine Karte nennt aber Nummer {number}.</translation>
        </message>
        <message>
            <source>The model {model_id} seems to have been trained on pixels of {low:.3g} to {high:.3g}. If so, add {line} to its card; for details, run: {command}</source>
            <translation>Das Modell {model_id} scheint mit Pixeln von {low:.3g} bis {high:.3g} trainiert zu sein. Trifft das zu, tragen Sie {line} in die Karte ein; mehr dazu: {command}</translation>
        </message>
        <message>
            <source>The model {model_id} takes pictures of shape {found}, but its card says {wanted}.</source>
            <translation>Das Modell {model_id} nimmt Bilder der Form {found}, seine Karte sagt aber {wanted}.</translation>
        </message>
        <message>
            <source>The model {model_id} takes values of {low:.3g} to {high:.3g}, and this program gives it {least:.3g} to {most:.3g}.</source>
            <translation>Das Modell {model_id} nimmt Werte von {low:.3g} bis {high:.3g}, und dieses Programm gibt ihm {least:.3g} bis {most:.3g}.</translation>
        </message>
        <message>
            <source>The model's file '{name}' no longer exists.</source>
            <translation>Die Modelldatei „{name}“ ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The network '{other}' of the card '{name}' is not beside it.</source>
            <translation>Das Netz „{other}“ der Karte „{name}“ liegt nicht neben ihr.</translation>
        </message>
        <message>
            <source>There is no model '{word}'.</source>
            <translation>Es gibt kein Modell „{word}“.</translation>
        </message>
        <message>
            <source>both at the standard sensitivity to subtle expressions</source>
            <translation>beides bei der Empfindlichkeit „Standard“</translation>
        </message>
        <message>
            <source>file missing</source>
            <translation>Datei fehlt</translation>
        </message>
        <message>
            <source>file {megabytes:.1f} MB</source>
            <translation>Datei {megabytes:.1f} MB</translation>
        </message>
        <message>
            <source>input {shape}</source>
            <translation>Eingabe {shape}</translation>
        </message>
        <message>
            <source>it contains a number of {count} digits</source>
            <translation>sie enthält eine Zahl mit {count} Ziffern</translation>
        </message>
        <message>
            <source>it has no entry {key}</source>
            <translation>sie hat keinen Eintrag {key}</translation>
        </message>
        <message>
            <source>it is nested more than {depth} levels deep</source>
            <translation>sie ist mehr als {depth} Ebenen tief verschachtelt</translation>
        </message>
        <message>
            <source>the entry {key!r} occurs twice</source>
            <translation>der Eintrag {key!r} kommt zweimal vor</translation>
        </message>
        <message>
            <source>{accuracy:.1%} on {faces}</source>
            <translation>{accuracy:.1%} auf {faces}</translation>
        </message>
        <message>
            <source>{accuracy:.1%} on {faces}, sensitivity off</source>
            <translation>{accuracy:.1%} auf {faces}, Empfindlichkeit „Aus“</translation>
        </message>
        <message>
            <source>{command} prints one to start from.</source>
            <translation>{command} gibt eine aus, mit der sich beginnen lässt.</translation>
        </message>
        <message>
            <source>{count} classes: {names}</source>
            <translation>{count} Ausdrücke: {names}</translation>
        </message>
        <message>
            <source>{path!r} cannot be read: its name is impossible.</source>
            <translation>{path!r} lässt sich nicht lesen: Der Name ist unmöglich.</translation>
        </message>
        <message>
            <source>{share:.1%} accuracy on {faces}</source>
            <translation>{share:.1%} Genauigkeit auf {faces}</translation>
        </message>
        <message>
            <source>{share:.1%} balanced accuracy, the mean of {count} recalls, on {faces}</source>
            <translation>{share:.1%} balancierte Genauigkeit, das Mittel von {count} Trefferquoten, auf {faces}</translation>
        </message>
        <message>
            <source>{time} per face on this computer</source>
            <translation>{time} je Gesicht auf diesem Rechner</translation>
        </message>
    </context>
    <context>
        <name>ModelBox</name>
        <message>
            <source>Accuracy on {faces}; balanced: {count} expressions count alike</source>
            <translation>Genauigkeit auf {faces}; balanciert: {count} Ausdrücke zählen gleich viel</translation>
        </message>
        <message>
            <source>In the balanced accuracy, an expression that it does not know counts as never right.</source>
            <translation>In der balancierten Genauigkeit zählt ein Ausdruck, den es nicht kennt, als nie richtig.</translation>
        </message>
        <message>
            <source>Load model…</source>
            <translation>Modell laden…</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Model card</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>No accuracy on its card</source>
            <translation>Keine Genauigkeit auf der Karte</translation>
        </message>
        <message>
            <source>No model found</source>
            <translation>Kein Modell gefunden</translation>
        </message>
        <message>
            <source>No model is running.</source>
            <translation>Es läuft kein Modell.</translation>
        </message>
        <message>
            <source>What the model is, how accurate it is, and its limits (Ctrl+I)</source>
            <translation>Was das Modell ist, wie genau es ist und wo seine Grenzen liegen (Strg+I)</translation>
        </message>
        <message>
            <source>Your own model: a .tflite file with its card next to it (Ctrl+M)</source>
            <translation>Ein eigenes Modell: eine .tflite-Datei, neben der ihre Karte liegt (Strg+M)</translation>
        </message>
        <message>
            <source>recommended</source>
            <translation>empfohlen</translation>
        </message>
        <message>
            <source>{accuracy} accuracy, {share} balanced</source>
            <translation>{accuracy} Genauigkeit, {share} balanciert</translation>
        </message>
        <message>
            <source>{count} expressions</source>
            <translation>{count} Ausdrücke</translation>
        </message>
        <message>
            <source>{share} accuracy on {faces}</source>
            <translation>{share} Genauigkeit auf {faces}</translation>
        </message>
        <message>
            <source>{share} balanced accuracy</source>
            <translation>{share} balancierte Genauigkeit</translation>
        </message>
        <message>
            <source>{share} balanced accuracy on {faces}</source>
            <translation>{share} balancierte Genauigkeit auf {faces}</translation>
        </message>
        <message>
            <source>{time} per face</source>
            <translation>{time} je Gesicht</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source> of {number}</source>
            <translation> von {number}</translation>
        </message>
        <message>
            <source>A network that reads one face at a time ({width} × {height} pixels, {colours}) and gives each of its {count} expressions a probability.</source>
            <translation>Ein Netz, das jeweils ein Gesicht ansieht ({width} × {height} Pixel, {colours}) und jedem seiner {count} Ausdrücke eine Wahrscheinlichkeit gibt.</translation>
        </message>
        <message>
            <source>A recall measured on fewer than {count} faces has its 95 % interval (Wilson) beside it.</source>
            <translation>Eine Trefferquote, die an weniger als {count} Gesichtern gemessen ist, hat ihr 95-%-Intervall (Wilson) daneben.</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Balanced</source>
            <translation>Balanciert</translation>
        </message>
        <message>
            <source>Balanced is the mean of the recalls. It and macro F1 count every expression alike, however rare it is.</source>
            <translation>Balanciert ist der Mittelwert der Trefferquoten. Er und Makro-F1 zählen jeden Ausdruck gleich, wie selten er auch ist.</translation>
        </message>
        <message>
            <source>Calibration</source>
            <translation>Kalibrierung</translation>
        </message>
        <message>
            <source>Card schema</source>
            <translation>Schema der Karte</translation>
        </message>
        <message>
            <source>Confusion matrix, {title}</source>
            <translation>Verwechslungsmatrix, {title}</translation>
        </message>
        <message>
            <source>Crop around the box of {name}</source>
            <translation>Ausschnitt um den Rahmen von {name}</translation>
        </message>
        <message>
            <source>Data set</source>
            <translation>Datensatz</translation>
        </message>
        <message>
            <source>Distilled from</source>
            <translation>Destilliert aus</translation>
        </message>
        <message>
            <source>ECE is how far its probabilities are, on average, from how often it is right; 0 is best. NLL and Brier are small where the right expression gets a high probability.</source>
            <translation>ECE sagt, wie weit die Wahrscheinlichkeiten im Mittel von der tatsächlichen Trefferquote entfernt sind; 0 ist am besten. NLL und Brier sind klein, wo der richtige Ausdruck eine hohe Wahrscheinlichkeit bekommt.</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>Epoche</translation>
        </message>
        <message>
            <source>Excluded use</source>
            <translation>Ausgeschlossener Gebrauch</translation>
        </message>
        <message>
            <source>Expressions</source>
            <translation>Ausdrücke</translation>
        </message>
        <message>
            <source>Faces (N)</source>
            <translation>Gesichter (N)</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>For each label, the share of its faces to which the model gives the same name.</source>
            <translation>Der Anteil der Gesichter mit dieser Beschriftung, die das Modell auch so nennt.</translation>
        </message>
        <message>
            <source>Higher</source>
            <translation>Höher</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>Kennung</translation>
        </message>
        <message>
            <source>Input and crops</source>
            <translation>Eingabe und Ausschnitte</translation>
        </message>
        <message>
            <source>Intended use</source>
            <translation>Vorgesehener Gebrauch</translation>
        </message>
        <message>
            <source>It does not know: {lacking}.</source>
            <translation>Es kennt nicht: {lacking}.</translation>
        </message>
        <message>
            <source>Known limits</source>
            <translation>Bekannte Grenzen</translation>
        </message>
        <message>
            <source>Largest difference</source>
            <translation>Größter Unterschied</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Macro F1</source>
            <translation>Makro-F1</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>Gemessen</translation>
        </message>
        <message>
            <source>Measured on</source>
            <translation>Gemessen an</translation>
        </message>
        <message>
            <source>Multiply-adds</source>
            <translation>Multiplikationen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>On this computer it takes {time} per face.</source>
            <translation>Auf diesem Rechner braucht es {time} je Gesicht.</translation>
        </message>
        <message>
            <source>Other entries of the card</source>
            <translation>Weitere Einträge der Karte</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Parity with the trained network</source>
            <translation>Übereinstimmung mit dem trainierten Netz</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Zahlenformat</translation>
        </message>
        <message>
            <source>Recall by expression, {title}</source>
            <translation>Trefferquote je Ausdruck, {title}</translation>
        </message>
        <message>
            <source>Rows are labels, columns are what the model says, in percent of the row.</source>
            <translation>Zeilen: Beschriftungen; Spalten: was das Modell sagt; in Prozent der Zeile.</translation>
        </message>
        <message>
            <source>Same answer</source>
            <translation>Gleiche Antwort</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Sensitivity to subtle expressions</source>
            <translation>Empfindlichkeit für feine Ausdrücke</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Verschiebung</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>Seite</translation>
        </message>
        <message>
            <source>Size and speed</source>
            <translation>Größe und Tempo</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <source>Speed on this computer</source>
            <translation>Tempo auf diesem Rechner</translation>
        </message>
        <message>
            <source>Spread</source>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>Standard</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>The card gives no measured accuracy.</source>
            <translation>Die Karte nennt keine gemessene Genauigkeit.</translation>
        </message>
        <message>
            <source>The logits are divided by this number before the softmax.</source>
            <translation>Durch diese Zahl werden die Logits vor dem Softmax geteilt.</translation>
        </message>
        <message>
            <source>The network’s probabilities are divided by its prior to the power of τ, so that rare expressions are named more readily. Chosen on {faces}, N {count}.</source>
            <translation>Die Wahrscheinlichkeiten des Netzes werden durch seine A-priori-Wahrscheinlichkeiten hoch τ geteilt, sodass seltene Ausdrücke eher genannt werden. Bestimmt an {faces}, N {count}.</translation>
        </message>
        <message>
            <source>These figures, recalls and matrices are of the sensitivity “off”. The section “Sensitivity to subtle expressions” has those of the others; the program starts with “standard”.</source>
            <translation>Diese Zahlen, Trefferquoten und Matrizen gelten für die Empfindlichkeit „Aus“. Der Abschnitt „Empfindlichkeit für feine Ausdrücke“ hat die der anderen; das Programm beginnt mit „Standard“.</translation>
        </message>
        <message>
            <source>Tolerance</source>
            <translation>Toleranz</translation>
        </message>
        <message>
            <source>Trained accuracy</source>
            <translation>Genauigkeit nach dem Training</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trainiert mit</translation>
        </message>
        <message>
            <source>Training recipe</source>
            <translation>Trainingsrezept</translation>
        </message>
        <message>
            <source>Turned upright</source>
            <translation>Aufgerichtet</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>Werte</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>down</source>
            <translation>nach unten</translation>
        </message>
        <message>
            <source>grey</source>
            <translation>grau</translation>
        </message>
        <message>
            <source>in colour</source>
            <translation>in Farbe</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>not measured: the model has not been loaded yet</source>
            <translation>nicht gemessen: Das Modell wurde noch nicht geladen</translation>
        </message>
        <message>
            <source>on {number}{of} pictures in which the detector found the face</source>
            <translation>an {number}{of} Bildern, in denen der Detektor das Gesicht fand</translation>
        </message>
        <message>
            <source>to the left</source>
            <translation>nach links</translation>
        </message>
        <message>
            <source>to the right</source>
            <translation>nach rechts</translation>
        </message>
        <message>
            <source>up</source>
            <translation>nach oben</translation>
        </message>
        <message>
            <source>where the eyes tilt by {number}° or more</source>
            <translation>ab {number}° Schräge der Augen</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>{low} to {high}</source>
            <translation>{low} bis {high}</translation>
        </message>
        <message>
            <source>{number} more faces have a label that the model does not know.</source>
            <translation>{number} weitere Gesichter haben eine Beschriftung, die das Modell nicht kennt.</translation>
        </message>
        <message>
            <source>{number} per face</source>
            <translation>{number} je Gesicht</translation>
        </message>
        <message>
            <source>{number} × the box</source>
            <translation>{number} × der Rahmen</translation>
        </message>
        <message>
            <source>{number}, the interquartile range of the side</source>
            <translation>{number}, der Quartilsabstand der Seite</translation>
        </message>
        <message>
            <source>{share} of the box {value}</source>
            <translation>{share} des Rahmens {value}</translation>
        </message>
        <message>
            <source>{shown} … and {rest} more</source>
            <translation>{shown} … und {rest} weitere</translation>
        </message>
        <message>
            <source>{time} per face</source>
            <translation>{time} je Gesicht</translation>
        </message>
        <message>
            <source>{width} × {height} pixels, {colours}</source>
            <translation>{width} × {height} Pixel, {colours}</translation>
        </message>
        <message>
            <source>– the model does not know it</source>
            <translation>– das Modell kennt ihn nicht</translation>
        </message>
        <message>
            <source>… and {count} more sets of figures.</source>
            <translation>… und {count} weitere Messungen.</translation>
        </message>
        <message>
            <source>… and {count} more.</source>
            <translation>… und {count} weitere.</translation>
        </message>
        <message>
            <source>… and {number} more</source>
            <translation>… und {number} weitere</translation>
        </message>
    </context>
    <context>
        <name>Models</name>
        <message>
            <source>Earlier networks</source>
            <translation>Frühere Netze</translation>
        </message>
        <message>
            <source>The same by FER2013’s own labels, without contempt: to compare with published figures</source>
            <translation>Dieselben nach den Labels von FER2013 selbst, ohne Verachtung: zum Vergleich mit veröffentlichten Zahlen</translation>
        </message>
        <message>
            <source>Your own</source>
            <translation>Eigene</translation>
        </message>
    </context>
    <context>
        <name>Movement</name>
        <message>
            <source>1 blink</source>
            <translation>1 Lidschlag</translation>
        </message>
        <message>
            <source>Blinks</source>
            <translation>Lidschläge</translation>
        </message>
        <message>
            <source>Brows lowered</source>
            <translation>Brauen gesenkt</translation>
        </message>
        <message>
            <source>Brows up</source>
            <translation>Brauen hoch</translation>
        </message>
        <message>
            <source>Corners down</source>
            <translation>Mundwinkel tief</translation>
        </message>
        <message>
            <source>Eyes open</source>
            <translation>Augen offen</translation>
        </message>
        <message>
            <source>Eyes wide</source>
            <translation>Augen aufgerissen</translation>
        </message>
        <message>
            <source>Gaze ↔</source>
            <translation>Blick ↔</translation>
        </message>
        <message>
            <source>Gaze ↕</source>
            <translation>Blick ↕</translation>
        </message>
        <message>
            <source>Inner brows up</source>
            <translation>Brauen innen hoch</translation>
        </message>
        <message>
            <source>Left eye open</source>
            <translation>Linkes Auge offen</translation>
        </message>
        <message>
            <source>Lips pressed</source>
            <translation>Lippen gepresst</translation>
        </message>
        <message>
            <source>Mouth open</source>
            <translation>Mund offen</translation>
        </message>
        <message>
            <source>Nose wrinkled</source>
            <translation>Nase gerümpft</translation>
        </message>
        <message>
            <source>Outer brows up</source>
            <translation>Brauen außen hoch</translation>
        </message>
        <message>
            <source>Pitch</source>
            <translation>Nicken</translation>
        </message>
        <message>
            <source>Right eye open</source>
            <translation>Rechtes Auge offen</translation>
        </message>
        <message>
            <source>Roll</source>
            <translation>Neigen</translation>
        </message>
        <message>
            <source>Smile</source>
            <translation>Lächeln</translation>
        </message>
        <message>
            <source>Speaking</source>
            <translation>Spricht</translation>
        </message>
        <message>
            <source>Yaw</source>
            <translation>Gieren</translation>
        </message>
        <message>
            <source>centre</source>
            <translation>Mitte</translation>
        </message>
        <message>
            <source>down</source>
            <translation>unten</translation>
        </message>
        <message>
            <source>left</source>
            <translation>links</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>right</source>
            <translation>rechts</translation>
        </message>
        <message>
            <source>straight</source>
            <translation>geradeaus</translation>
        </message>
        <message>
            <source>up</source>
            <translation>oben</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>{count} blinks</source>
            <translation>{count} Lidschläge</translation>
        </message>
    </context>
    <context>
        <name>NameDialog</name>
        <message>
            <source>&amp;Name of {person}</source>
            <translation>&amp;Name von {person}</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Name a person</source>
            <translation>Person benennen</translation>
        </message>
        <message>
            <source>No name</source>
            <translation>Kein Name</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>The name lasts until another source is opened or the window closes. Nobody is recognised by it later. A recording keeps it in its folder. Leave it empty to remove the name.</source>
            <translation>Der Name gilt, bis eine andere Quelle geöffnet oder das Fenster geschlossen wird. Niemand wird später daran wiedererkannt. Eine Aufnahme bewahrt ihn in ihrem Ordner auf. Ein leeres Feld nimmt ihn zurück.</translation>
        </message>
    </context>
    <context>
        <name>NoteDialog</name>
        <message>
            <source>&amp;Note</source>
            <translation>&amp;Notiz</translation>
        </message>
        <message>
            <source>Add marker</source>
            <translation>Marke setzen</translation>
        </message>
        <message>
            <source>Add marker with note</source>
            <translation>Marke mit Notiz setzen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>The marker belongs to the moment this dialog opened. Without a note it gets a number.</source>
            <translation>Die Marke gehört zu dem Moment, in dem dieser Dialog geöffnet wurde. Ohne Notiz bekommt sie eine Nummer.</translation>
        </message>
        <message>
            <source>What is happening?</source>
            <translation>Was passiert gerade?</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>+{count}</source>
            <translation>+{count}</translation>
        </message>
        <message>
            <source>Create report</source>
            <translation>Bericht erstellen</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>Meldung schließen</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Erledigt</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Open report</source>
            <translation>Bericht öffnen</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Durchsehen</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>Warnung</translation>
        </message>
        <message>
            <source>{count} more behind this one</source>
            <translation>{count} weitere hinter dieser</translation>
        </message>
    </context>
    <context>
        <name>Notices</name>
        <message>
            <source>1 frame was dropped because this computer was busy.</source>
            <translation>1 Bild wurde ausgelassen, weil dieser Rechner ausgelastet war.</translation>
        </message>
        <message>
            <source>After this jump, faces that may be those of somebody you hid are not shown. Press P to show them.</source>
            <translation>Nach diesem Sprung werden Gesichter nicht gezeigt, die zu einer ausgeblendeten Person gehören könnten. P zeigt sie wieder.</translation>
        </message>
        <message>
            <source>Blendshapes are not measured. {reason}</source>
            <translation>Blendshapes werden nicht gemessen. {reason}</translation>
        </message>
        <message>
            <source>Gaze is not estimated. {reason}</source>
            <translation>Die Blickrichtung wird nicht geschätzt. {reason}</translation>
        </message>
        <message>
            <source>Marker {number} added.</source>
            <translation>Marke {number} gesetzt.</translation>
        </message>
        <message>
            <source>Marker {number} added: “{text}”.</source>
            <translation>Marke {number} gesetzt: „{text}“.</translation>
        </message>
        <message>
            <source>MediaPipe's own runtime contacts Google. The other detectors contact no one.</source>
            <translation>MediaPipes eigene Laufzeit verbindet sich mit Google. Alle anderen Detektoren verbinden sich mit niemandem.</translation>
        </message>
        <message>
            <source>No new frame arrived during the last {length}, which are left out.</source>
            <translation>In den letzten {length} kam kein neues Bild; sie sind nicht enthalten.</translation>
        </message>
        <message>
            <source>No resting face was learnt, and nothing has changed. {reason} Press C to try again.</source>
            <translation>Es wurde kein Ruhegesicht gelernt, und nichts hat sich geändert. {reason} Drücken Sie C, um es noch einmal zu versuchen.</translation>
        </message>
        <message>
            <source>Recording saved: {duration} in “{name}”.</source>
            <translation>Aufnahme gespeichert: {duration} in „{name}“.</translation>
        </message>
        <message>
            <source>Resting face of {people} learnt: expressions that it resembles count less from now on, and corrected values are marked ±. Shift+C forgets it, Ctrl+Shift+C saves it in a file.</source>
            <translation>Ruhegesicht von {people} gelernt: Ausdrücke, denen es ähnelt, zählen ab jetzt weniger, und so korrigierte Werte sind mit ± markiert. Umschalt+C vergisst es, Strg+Umschalt+C speichert es in einer Datei.</translation>
        </message>
        <message>
            <source>Resting face “{name}” is used for {person}. Press Shift+C to stop using it.</source>
            <translation>Das Ruhegesicht „{name}“ gilt für {person}. Umschalt+C nimmt es weg.</translation>
        </message>
        <message>
            <source>Snapshot saved as “{name}”.</source>
            <translation>Foto gespeichert als „{name}“.</translation>
        </message>
        <message>
            <source>The names are not in the recording yet. {reason}</source>
            <translation>Die Namen stehen noch nicht in der Aufnahme. {reason}</translation>
        </message>
        <message>
            <source>The recording contained no frames yet, so nothing was saved.</source>
            <translation>Die Aufnahme enthielt noch keine Bilder; es wurde nichts gespeichert.</translation>
        </message>
        <message>
            <source>The {length} recorded until then are saved in “{name}”.</source>
            <translation>Die bis dahin aufgenommenen {length} sind in „{name}“ gespeichert.</translation>
        </message>
        <message>
            <source>Using {detector} for now. {sentence}</source>
            <translation>Vorerst wird {detector} verwendet. {sentence}</translation>
        </message>
        <message>
            <source>Using {model} instead.</source>
            <translation>Stattdessen wird {model} verwendet.</translation>
        </message>
        <message>
            <source>{count} frames were dropped because this computer was busy.</source>
            <translation>{count} Bilder wurden ausgelassen, weil dieser Rechner ausgelastet war.</translation>
        </message>
        <message>
            <source>{name} keeps running.</source>
            <translation>{name} läuft weiter.</translation>
        </message>
        <message>
            <source>{reason} The recording goes on without sound.</source>
            <translation>{reason} Die Aufnahme geht ohne Ton weiter.</translation>
        </message>
    </context>
    <context>
        <name>Number</name>
        <message>
            <source>%</source>
            <translation> %</translation>
        </message>
        <message>
            <source>.</source>
            <translation>,</translation>
        </message>
    </context>
    <context>
        <name>NumberSlider</name>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
    </context>
    <context>
        <name>OverlayControl</name>
        <message>
            <source>&amp;Overlay</source>
            <translation>Ein&amp;blendungen</translation>
        </message>
    </context>
    <context>
        <name>OwnExpressions</name>
        <message>
            <source>'{name}' cannot be told apart from '{other}': show it more differently, or delete '{other}'.</source>
            <translation>„{name}“ lässt sich nicht von „{other}“ unterscheiden: Zeigen Sie es anders, oder löschen Sie „{other}“.</translation>
        </message>
        <message>
            <source>'{name}' cannot be told apart from your neutral face: show it more strongly, or take the neutral face again.</source>
            <translation>„{name}“ lässt sich nicht von Ihrem neutralen Gesicht unterscheiden: Zeigen Sie es deutlicher, oder nehmen Sie das neutrale Gesicht noch einmal auf.</translation>
        </message>
        <message>
            <source>'{name}' was found in only {share:.0%} of the frames that were left out of learning: hold it more steadily.</source>
            <translation>„{name}“ wurde nur in {share:.0%} der beim Lernen ausgelassenen Bilder erkannt: Halten Sie es ruhiger.</translation>
        </message>
        <message>
            <source>'{path}' does not exist.</source>
            <translation>„{path}“ gibt es nicht.</translation>
        </message>
        <message>
            <source>'{path}' does not hold own expressions of Realtime FER.</source>
            <translation>„{path}“ enthält keine eigenen Ausdrücke von Realtime FER.</translation>
        </message>
        <message>
            <source>'{path}' was written by a newer version of Realtime FER, and this one cannot read it.</source>
            <translation>„{path}“ wurde von einer neueren Version von Realtime FER geschrieben; diese kann es nicht lesen.</translation>
        </message>
        <message>
            <source>Give the expression a name.</source>
            <translation>Geben Sie dem Ausdruck einen Namen.</translation>
        </message>
        <message>
            <source>No expression is taught in '{path}': teach one in the window first.</source>
            <translation>In '{path}' ist kein Ausdruck beigebracht: Bringen Sie erst im Fenster einen bei.</translation>
        </message>
        <message>
            <source>No expression is taught yet.</source>
            <translation>Noch ist kein Ausdruck beigebracht.</translation>
        </message>
        <message>
            <source>No face is in view.</source>
            <translation>Kein Gesicht ist im Bild.</translation>
        </message>
        <message>
            <source>Several faces are in view: choose one of them.</source>
            <translation>Mehrere Gesichter sind im Bild: Wählen Sie eines aus.</translation>
        </message>
        <message>
            <source>Teach one in the window (Ctrl+Shift+T), or name a file with it.</source>
            <translation>Bringen Sie im Fenster einen bei (Strg+Umschalt+T), oder nennen Sie eine Datei damit.</translation>
        </message>
        <message>
            <source>The chosen face is not in view.</source>
            <translation>Das gewählte Gesicht ist nicht im Bild.</translation>
        </message>
        <message>
            <source>The face has no points: they need a MediaPipe detector and at most four faces.</source>
            <translation>Das Gesicht hat keine Punkte: Dafür braucht es einen Detektor von MediaPipe und höchstens vier Gesichter.</translation>
        </message>
        <message>
            <source>The face is {reason}.</source>
            <translation>Das Gesicht ist {reason}.</translation>
        </message>
        <message>
            <source>The file is kept as {backup}.</source>
            <translation>Die Datei bleibt als {backup} erhalten.</translation>
        </message>
        <message>
            <source>The name is too long: {most} characters at most.</source>
            <translation>Der Name ist zu lang: höchstens {most} Zeichen.</translation>
        </message>
        <message>
            <source>The networks already have an expression '{name}': choose another name.</source>
            <translation>Die Netze kennen schon einen Ausdruck „{name}“: Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>The own expressions in '{path}' cannot be read.</source>
            <translation>Die eigenen Ausdrücke in „{path}“ lassen sich nicht lesen.</translation>
        </message>
        <message>
            <source>There is an own expression '{name}' already.</source>
            <translation>Es gibt schon einen eigenen Ausdruck „{name}“.</translation>
        </message>
        <message>
            <source>Too few good frames: {count}. The picture is frozen, or frames arrive too slowly.</source>
            <translation>Zu wenige gute Bilder: {count}. Das Bild steht still oder kommt zu langsam.</translation>
        </message>
        <message>
            <source>Too few good frames: {count}. {reason}</source>
            <translation>Zu wenige gute Bilder: {count}. {reason}</translation>
        </message>
        <message>
            <source>You can teach at most {count} expressions: delete one first.</source>
            <translation>Mehr als {count} Ausdrücke lassen sich nicht beibringen: Löschen Sie zuerst einen.</translation>
        </message>
    </context>
    <context>
        <name>OwnPanel</name>
        <message>
            <source>Own</source>
            <translation>Eigene</translation>
        </message>
    </context>
    <context>
        <name>PeopleActions</name>
        <message>
            <source>{one} is shown as {other} from now on, but both are in view. If they are two people, separate them again in the person’s menu.</source>
            <translation>{one} wird ab jetzt als {other} gezeigt, aber beide sind im Bild. Sind es zwei Personen, trennt das Menü der Person sie wieder.</translation>
        </message>
        <message>
            <source>{one} is shown as {other} from now on. The person’s menu separates them again.</source>
            <translation>{one} wird ab jetzt als {other} gezeigt. Das Menü der Person trennt beide wieder.</translation>
        </message>
        <message>
            <source>{person} is forgotten. A face in view gets a new number.</source>
            <translation>{person} ist vergessen. Ein Gesicht im Bild bekommt eine neue Nummer.</translation>
        </message>
        <message>
            <source>{person} is hidden: no box, label or strip. Press P to show them again.</source>
            <translation>{person} ist ausgeblendet: kein Rahmen, keine Beschriftung, kein Streifen. Mit P lässt sich das zurücknehmen.</translation>
        </message>
    </context>
    <context>
        <name>PeopleList</name>
        <message>
            <source>Double-click a name to change it. People who are not ticked are left out of report and exports.</source>
            <translation>Doppelklick auf einen Namen ändert ihn. Wer kein Häkchen hat, fehlt in Bericht und Exporten.</translation>
        </message>
        <message>
            <source>In view</source>
            <translation>Im Bild</translation>
        </message>
        <message>
            <source>Mostly</source>
            <translation>Meist</translation>
        </message>
        <message>
            <source>People in the recording</source>
            <translation>Personen in der Aufnahme</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
    </context>
    <context>
        <name>PersonMenu</name>
        <message>
            <source>&amp;Forget {person} (name, resting face, number)</source>
            <translation>{person} &amp;vergessen (Name, Ruhegesicht, Nummer)</translation>
        </message>
        <message>
            <source>&amp;Hide {person} (no box, label or strip)</source>
            <translation>{person} &amp;ausblenden (ohne Rahmen, Beschriftung, Streifen)</translation>
        </message>
        <message>
            <source>&amp;Learn the resting face of {person}</source>
            <translation>Ruhegesicht von {person} &amp;lernen</translation>
        </message>
        <message>
            <source>&amp;Merge {person} with</source>
            <translation>{person} &amp;zusammenführen mit</translation>
        </message>
        <message>
            <source>&amp;Name {person} for this session…</source>
            <translation>{person} für diese Sitzung be&amp;nennen…</translation>
        </message>
        <message>
            <source>&amp;Separate #{number} from {person} again</source>
            <translation>#{number} wieder von {person} &amp;trennen</translation>
        </message>
        <message>
            <source>Forget the &amp;resting face of {person}</source>
            <translation>&amp;Ruhegesicht von {person} vergessen</translation>
        </message>
        <message>
            <source>Hidden &amp;people</source>
            <translation>Ausgeblendete &amp;Personen</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Kein Gesicht im Bild</translation>
        </message>
        <message>
            <source>Show {person} again</source>
            <translation>{person} wieder zeigen</translation>
        </message>
        <message>
            <source>{person} (not in view)</source>
            <translation>{person} (nicht im Bild)</translation>
        </message>
    </context>
    <context>
        <name>Picture</name>
        <message>
            <source>Drawn from a NASA portrait: not the person's real expressions</source>
            <translation>Nach einem NASA-Bild gezeichnet: nicht die echte Mimik der Person</translation>
        </message>
        <message>
            <source>Face</source>
            <translation>Gesicht</translation>
        </message>
        <message>
            <source>Uncertain</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <source>no model</source>
            <translation>kein Modell</translation>
        </message>
    </context>
    <context>
        <name>Player</name>
        <message>
            <source>Marker: {text}</source>
            <translation>Marke: {text}</translation>
        </message>
        <message>
            <source>Paused here</source>
            <translation>Hier angehalten</translation>
        </message>
        <message>
            <source>Track {number}</source>
            <translation>Spur {number}</translation>
        </message>
        <message>
            <source>Video trac&amp;k</source>
            <translation>Videosp&amp;ur</translation>
        </message>
        <message>
            <source>{number} of {count}</source>
            <translation>{number} von {count}</translation>
        </message>
    </context>
    <context>
        <name>Pleasantness</name>
        <message>
            <source>Everyone</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>How pleasant the visible expression is (across) and how strong it is (upwards), by the model’s probabilities, with a trail of the last four seconds; it does not say how the person feels.</source>
            <translation>Wie angenehm der sichtbare Ausdruck ist (waagerecht) und wie stark (nach oben), nach den Wahrscheinlichkeiten des Modells, mit einer Spur der letzten vier Sekunden; wie die Person sich fühlt, sagt das nicht.</translation>
        </message>
        <message>
            <source>No face in view.</source>
            <translation>Kein Gesicht im Bild.</translation>
        </message>
        <message>
            <source>Pleasantness of the expression</source>
            <translation>Angenehmheit des Ausdrucks</translation>
        </message>
        <message>
            <source>Show everyone, or one person</source>
            <translation>Alle zeigen, oder eine Person</translation>
        </message>
        <message>
            <source>This model does not know neutral, happy and an unpleasant expression.</source>
            <translation>Dieses Modell kennt neutral, fröhlich und einen unangenehmen Ausdruck nicht.</translation>
        </message>
        <message>
            <source>Whose expression</source>
            <translation>Wessen Ausdruck</translation>
        </message>
        <message>
            <source>pleasant</source>
            <translation>angenehm</translation>
        </message>
        <message>
            <source>strong</source>
            <translation>stark</translation>
        </message>
        <message>
            <source>unpleasant</source>
            <translation>unangenehm</translation>
        </message>
        <message>
            <source>weak</source>
            <translation>schwach</translation>
        </message>
        <message>
            <source>{person}: pleasantness {pleasantness} %, strength {strength} %</source>
            <translation>{person}: Angenehmheit {pleasantness} %, Stärke {strength} %</translation>
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>Something went wrong in the program ({kind}: {error}). It keeps running as well as it can.</source>
            <translation>Im Programm ist ein Fehler aufgetreten ({kind}: {error}). Es läuft weiter, so gut es kann.</translation>
        </message>
    </context>
    <context>
        <name>QuitQuestion</name>
        <message>
            <source>A recording and an analysis are running. Finish the recording, stop the analysis, and quit?</source>
            <translation>Eine Aufnahme und eine Auswertung laufen. Die Aufnahme abschließen, die Auswertung anhalten und beenden?</translation>
        </message>
        <message>
            <source>A recording is running. Finish it and quit?</source>
            <translation>Es läuft eine Aufnahme. Aufnahme abschließen und beenden?</translation>
        </message>
        <message>
            <source>An analysis is running. Stop it, keep what is analysed, and quit?</source>
            <translation>Eine Auswertung läuft. Anhalten, das Ausgewertete behalten und beenden?</translation>
        </message>
        <message>
            <source>Finish and quit</source>
            <translation>Abschließen und beenden</translation>
        </message>
        <message>
            <source>Keep analysing</source>
            <translation>Weiter auswerten</translation>
        </message>
        <message>
            <source>Keep recording</source>
            <translation>Weiter aufnehmen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Stay</source>
            <translation>Bleiben</translation>
        </message>
        <message>
            <source>Stop and quit</source>
            <translation>Anhalten und beenden</translation>
        </message>
        <message>
            <source>Waiting analyses that will not be done: {count}.</source>
            <translation>Wartende Auswertungen, die dann entfallen: {count}.</translation>
        </message>
    </context>
    <context>
        <name>RecentSources</name>
        <message>
            <source>&amp;Clear list</source>
            <translation>Liste &amp;leeren</translation>
        </message>
        <message>
            <source>No recent sources</source>
            <translation>Keine zuletzt geöffneten Quellen</translation>
        </message>
    </context>
    <context>
        <name>RecordQuestion</name>
        <message>
            <source>&amp;Analyse…</source>
            <translation>&amp;Auswerten…</translation>
        </message>
        <message>
            <source>&amp;Record anyway</source>
            <translation>&amp;Trotzdem aufnehmen</translation>
        </message>
        <message>
            <source>Analyse works through the file in the background, as fast as this computer can, and makes the same kind of recording.</source>
            <translation>„Auswerten“ arbeitet die Datei im Hintergrund durch, so schnell dieser Rechner kann, und macht eine Aufnahme derselben Art.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Do &amp;not ask again</source>
            <translation>&amp;Nicht mehr fragen</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Recording a video while it plays skips frames; Analyse keeps every frame.</source>
            <translation>Wer ein Video beim Abspielen aufnimmt, verliert Bilder; „Auswerten“ behält jedes.</translation>
        </message>
    </context>
    <context>
        <name>Recording</name>
        <message>
            <source>No new frame for {time}</source>
            <translation>Kein neues Bild seit {time}</translation>
        </message>
        <message>
            <source>No sound: the microphone was lost</source>
            <translation>Kein Ton: Mikrofon verloren</translation>
        </message>
        <message>
            <source>REC</source>
            <translation>REC</translation>
        </message>
        <message>
            <source>Start &amp;recording</source>
            <translation>&amp;Aufnahme starten</translation>
        </message>
        <message>
            <source>Stop &amp;recording</source>
            <translation>&amp;Aufnahme beenden</translation>
        </message>
        <message>
            <source>Table only, no video</source>
            <translation>Nur Tabelle, kein Video</translation>
        </message>
        <message>
            <source>With sound from the default microphone</source>
            <translation>Mit Ton vom Standardmikrofon</translation>
        </message>
        <message>
            <source>With sound from {microphone}</source>
            <translation>Mit Ton von {microphone}</translation>
        </message>
        <message>
            <source>faces blurred</source>
            <translation>Gesichter weichgezeichnet</translation>
        </message>
        <message>
            <source>faces covered</source>
            <translation>Gesichter verdeckt</translation>
        </message>
        <message>
            <source>faces pixelated</source>
            <translation>Gesichter verpixelt</translation>
        </message>
        <message>
            <source>faces shown</source>
            <translation>Gesichter sichtbar</translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message>
            <source>&amp;Delete…</source>
            <translation>&amp;Löschen…</translation>
        </message>
        <message>
            <source>&amp;New name of “{name}”</source>
            <translation>&amp;Neuer Name von „{name}“</translation>
        </message>
        <message>
            <source>&amp;Open</source>
            <translation>&amp;Öffnen</translation>
        </message>
        <message>
            <source>&amp;Play video</source>
            <translation>&amp;Video abspielen</translation>
        </message>
        <message>
            <source>1 person</source>
            <translation>1 Person</translation>
        </message>
        <message>
            <source>1 recording</source>
            <translation>1 Aufnahme</translation>
        </message>
        <message>
            <source>A name cannot begin or end with a blank, or end with a full stop.</source>
            <translation>Ein Name kann nicht mit einem Leerzeichen beginnen oder enden und nicht mit einem Punkt enden.</translation>
        </message>
        <message>
            <source>A name cannot begin with a full stop: the folder would be hidden.</source>
            <translation>Ein Name kann nicht mit einem Punkt beginnen: Der Ordner wäre versteckt.</translation>
        </message>
        <message>
            <source>A name cannot contain characters that are not visible.</source>
            <translation>Ein Name kann keine unsichtbaren Zeichen enthalten.</translation>
        </message>
        <message>
            <source>A name cannot contain “{letter}”.</source>
            <translation>Ein Name kann kein „{letter}“ enthalten.</translation>
        </message>
        <message>
            <source>A recording needs a name.</source>
            <translation>Eine Aufnahme braucht einen Namen.</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>Nach Namen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Choose a folder of recordings, or one recording</source>
            <translation>Ordner mit Aufnahmen oder eine Aufnahme wählen</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Ended early: {reason}</source>
            <translation>Vorzeitig beendet: {reason}</translation>
        </message>
        <message>
            <source>How the recordings are sorted</source>
            <translation>Wie die Aufnahmen sortiert sind</translation>
        </message>
        <message>
            <source>It cannot be changed now: {busy}.</source>
            <translation>Das geht gerade nicht: {busy}.</translation>
        </message>
        <message>
            <source>It has no CSV, so there can be no report.</source>
            <translation>Sie hat keine CSV-Tabelle, daher ist kein Bericht möglich.</translation>
        </message>
        <message>
            <source>It has no video.</source>
            <translation>Sie hat kein Video.</translation>
        </message>
        <message>
            <source>Its CSV is missing, so there can be no report.</source>
            <translation>Ihre CSV-Tabelle fehlt, daher ist kein Bericht möglich.</translation>
        </message>
        <message>
            <source>Largest first</source>
            <translation>Größte zuerst</translation>
        </message>
        <message>
            <source>Lists the recordings of another folder</source>
            <translation>Zeigt die Aufnahmen eines anderen Ordners</translation>
        </message>
        <message>
            <source>Longest first</source>
            <translation>Längste zuerst</translation>
        </message>
        <message>
            <source>Most people first</source>
            <translation>Meiste Personen zuerst</translation>
        </message>
        <message>
            <source>Move to wastebasket</source>
            <translation>In den Papierkorb</translation>
        </message>
        <message>
            <source>Move {names} to the wastebasket?</source>
            <translation>{names} in den Papierkorb verschieben?</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neueste zuerst</translation>
        </message>
        <message>
            <source>No name contains “{words}”.</source>
            <translation>Kein Name enthält „{words}“.</translation>
        </message>
        <message>
            <source>No video player could be opened; the video is {video}.</source>
            <translation>Kein Videoplayer ließ sich öffnen; das Video ist {video}.</translation>
        </message>
        <message>
            <source>Not a recording: it contains neither session.json nor expressions.csv.</source>
            <translation>Keine Aufnahme: Der Ordner enthält weder session.json noch expressions.csv.</translation>
        </message>
        <message>
            <source>Not finished: the program ended first, or it is still being recorded.</source>
            <translation>Nicht abgeschlossen: Das Programm endete vorher, oder die Aufnahme läuft noch.</translation>
        </message>
        <message>
            <source>Nothing has been recorded yet. Press R in the main window to record; recordings are saved in {folder}.</source>
            <translation>Noch wurde nichts aufgenommen. R im Hauptfenster startet eine Aufnahme; Aufnahmen liegen in {folder}.</translation>
        </message>
        <message>
            <source>Oldest first</source>
            <translation>Älteste zuerst</translation>
        </message>
        <message>
            <source>Other folder…</source>
            <translation>Anderer Ordner…</translation>
        </message>
        <message>
            <source>Re&amp;name…</source>
            <translation>&amp;Umbenennen…</translation>
        </message>
        <message>
            <source>Reading {folder}…</source>
            <translation>{folder} wird gelesen…</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Rename recording</source>
            <translation>Aufnahme umbenennen</translation>
        </message>
        <message>
            <source>Repo&amp;rt</source>
            <translation>&amp;Bericht</translation>
        </message>
        <message>
            <source>Search by name</source>
            <translation>Nach Namen suchen</translation>
        </message>
        <message>
            <source>Select a recording first.</source>
            <translation>Zuerst eine Aufnahme auswählen.</translation>
        </message>
        <message>
            <source>Select one recording.</source>
            <translation>Eine einzelne Aufnahme auswählen.</translation>
        </message>
        <message>
            <source>Show in &amp;folder</source>
            <translation>&amp;Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Snapshots that were taken while nothing was recorded.</source>
            <translation>Fotos, die ohne laufende Aufnahme entstanden.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be read: {reason}.</source>
            <translation>Der Ordner {folder} lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>This folder cannot be read: {reason}.</source>
            <translation>Dieser Ordner lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>This folder is not a recording; the program leaves it alone.</source>
            <translation>Dieser Ordner ist keine Aufnahme; das Programm lässt ihn, wie er ist.</translation>
        </message>
        <message>
            <source>This name is taken by the system or the program; choose another one.</source>
            <translation>Diesen Namen braucht das System oder das Programm; bitte einen anderen wählen.</translation>
        </message>
        <message>
            <source>This name is too long.</source>
            <translation>Dieser Name ist zu lang.</translation>
        </message>
        <message>
            <source>being recorded</source>
            <translation>wird gerade aufgenommen</translation>
        </message>
        <message>
            <source>complete</source>
            <translation>vollständig</translation>
        </message>
        <message>
            <source>complete, no video</source>
            <translation>vollständig, ohne Video</translation>
        </message>
        <message>
            <source>ddd d MMM yyyy, hh:mm</source>
            <translation>ddd d. MMM yyyy, hh:mm</translation>
        </message>
        <message>
            <source>its report is being created</source>
            <translation>der Bericht wird gerade erstellt</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>niemand</translation>
        </message>
        <message>
            <source>numbers only</source>
            <translation>nur Zahlen</translation>
        </message>
        <message>
            <source>session.json is missing or damaged, so little is known about it.</source>
            <translation>session.json fehlt oder ist beschädigt, daher ist wenig über sie bekannt.</translation>
        </message>
        <message>
            <source>still being written</source>
            <translation>wird noch geschrieben</translation>
        </message>
        <message>
            <source>{count} people</source>
            <translation>{count} Personen</translation>
        </message>
        <message>
            <source>{count} recordings</source>
            <translation>{count} Aufnahmen</translation>
        </message>
        <message>
            <source>{names} could not be moved to the wastebasket; this disk may have none. Nothing was deleted.</source>
            <translation>{names} ließ sich nicht in den Papierkorb verschieben; vielleicht hat dieses Laufwerk keinen. Es wurde nichts davon gelöscht.</translation>
        </message>
        <message>
            <source>“{name}”</source>
            <translation>„{name}“</translation>
        </message>
        <message>
            <source>“{name}” could not be renamed: {reason}.</source>
            <translation>„{name}“ ließ sich nicht umbenennen: {reason}.</translation>
        </message>
        <message>
            <source>“{name}” exists already.</source>
            <translation>„{name}“ gibt es schon.</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>'{folder}' is not a recording: it contains no expressions.csv.</source>
            <translation>„{folder}“ ist keine Aufnahme: Es ist keine expressions.csv darin.</translation>
        </message>
        <message>
            <source>'{path}' is not a CSV of expressions: its first line lacks {columns}.</source>
            <translation>„{path}“ ist keine CSV-Datei mit Ausdrücken: In der ersten Zeile fehlt {columns}.</translation>
        </message>
        <message>
            <source>1 face that was in view for less time is only in the table.</source>
            <translation>1 Gesicht, das kürzer im Bild war, steht nur in der Tabelle.</translation>
        </message>
        <message>
            <source>1 line of the CSV is damaged or incomplete and is left out.</source>
            <translation>1 Zeile der CSV-Datei ist beschädigt oder unvollständig und wird ausgelassen.</translation>
        </message>
        <message>
            <source>1 person left out</source>
            <translation>1 Person weggelassen</translation>
        </message>
        <message>
            <source>A darker field: left out by a person.</source>
            <translation>Ein dunkleres Feld: von einer Person weggelassen.</translation>
        </message>
        <message>
            <source>A dashed box: no frame arrived.</source>
            <translation>Ein gestrichelter Kasten: Es kam kein Bild.</translation>
        </message>
        <message>
            <source>A dotted box: paused.</source>
            <translation>Ein gepunkteter Kasten: angehalten.</translation>
        </message>
        <message>
            <source>A numbered line is a marker.</source>
            <translation>Eine Linie mit Nummer ist eine Marke.</translation>
        </message>
        <message>
            <source>A person is a number for as long as the face stays in view. Nobody is recognised: whoever leaves and returns may get a new number.</source>
            <translation>Eine Person ist eine Nummer, solange das Gesicht im Bild bleibt. Niemand wird wiedererkannt: Wer geht und zurückkommt, kann eine neue Nummer bekommen.</translation>
        </message>
        <message>
            <source>A person paused for {time} in all.</source>
            <translation>Insgesamt {time} lang war von Hand angehalten.</translation>
        </message>
        <message>
            <source>A positive lag means that the second person follows the first; near 0 s they move together.</source>
            <translation>Ein positiver Verzug heißt, dass die zweite Person der ersten folgt; nahe 0 s bewegen sie sich gemeinsam.</translation>
        </message>
        <message>
            <source>A recording's folder has a name like 2026-05-17_14-03-22.</source>
            <translation>Der Ordner einer Aufnahme heißt zum Beispiel 2026-05-17_14-03-22.</translation>
        </message>
        <message>
            <source>All of the card</source>
            <translation>Alles Weitere der Karte</translation>
        </message>
        <message>
            <source>An empty box: not analysed, so it is not known who was in view.</source>
            <translation>Ein leerer Kasten: nicht ausgewertet; wer im Bild war, ist nicht bekannt.</translation>
        </message>
        <message>
            <source>Analysed</source>
            <translation>Ausgewertet</translation>
        </message>
        <message>
            <source>Analysis ended</source>
            <translation>Auswertung beendet</translation>
        </message>
        <message>
            <source>Analysis started</source>
            <translation>Auswertung begonnen</translation>
        </message>
        <message>
            <source>Another version of this model is on this computer than the one that was recorded. Its card is not shown, because it does not describe this recording.</source>
            <translation>Auf diesem Rechner liegt eine andere Version dieses Modells als die, mit der aufgenommen wurde. Ihre Karte wird nicht gezeigt, da sie diese Aufnahme nicht beschreibt.</translation>
        </message>
        <message>
            <source>Brows lowered</source>
            <translation>Brauen gesenkt</translation>
        </message>
        <message>
            <source>Brows raised</source>
            <translation>Brauen gehoben</translation>
        </message>
        <message>
            <source>By chance</source>
            <translation>Durch Zufall</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Wechsel</translation>
        </message>
        <message>
            <source>Changes of expression: once</source>
            <translation>Wechsel des Ausdrucks: einer</translation>
        </message>
        <message>
            <source>Changes of expression: {count} times</source>
            <translation>Wechsel des Ausdrucks: {count}</translation>
        </message>
        <message>
            <source>Compared with</source>
            <translation>Verglichen mit</translation>
        </message>
        <message>
            <source>Corrected by a person: {what}. The recorded CSV is unchanged.</source>
            <translation>Von einer Person korrigiert: {what}. Die aufgenommene CSV ist unverändert.</translation>
        </message>
        <message>
            <source>Correlation</source>
            <translation>Korrelation</translation>
        </message>
        <message>
            <source>Do not use this page to judge anybody. In the European Union, inferring people’s emotions from their faces at work or in education is prohibited (AI Act, Article 5).</source>
            <translation>Diese Seite ist keine Grundlage, um jemanden zu beurteilen. In der Europäischen Union ist es verboten, bei der Arbeit oder in der Ausbildung aus Gesichtern auf Gefühle zu schließen (KI-Verordnung, Artikel 5).</translation>
        </message>
        <message>
            <source>Each person over time</source>
            <translation>Jede Person im Verlauf</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Beendet</translation>
        </message>
        <message>
            <source>Everybody is left out.</source>
            <translation>Alle Personen sind weggelassen.</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Expressions are as the window showed them: smoothed, and “uncertain” where none could be named.</source>
            <translation>Die Ausdrücke sind so, wie das Fenster sie zeigte: geglättet und „unsicher“, wo keiner zu benennen war.</translation>
        </message>
        <message>
            <source>Face detectors</source>
            <translation>Gesichtsdetektoren</translation>
        </message>
        <message>
            <source>Faces tracked</source>
            <translation>Verfolgte Gesichter</translation>
        </message>
        <message>
            <source>For {time} in all, frames arrived but this computer was too busy to analyse them.</source>
            <translation>Insgesamt {time} lang kamen Bilder, aber der Rechner war zu ausgelastet, um sie auszuwerten.</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>Einzelbild</translation>
        </message>
        <message>
            <source>Frame size</source>
            <translation>Bildgröße</translation>
        </message>
        <message>
            <source>Frames</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Frames that arrived while the previous one was still being analysed, and were skipped</source>
            <translation>Bilder, die kamen, während das vorige noch ausgewertet wurde, und übersprungen wurden</translation>
        </message>
        <message>
            <source>Frames that were analysed, but not written because the disk or the encoder was busy</source>
            <translation>Bilder, die ausgewertet, aber nicht geschrieben wurden, weil Datenträger oder Kodierer beschäftigt war</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>From – to</source>
            <translation>Von – bis</translation>
        </message>
        <message>
            <source>From ↓ to →</source>
            <translation>Von ↓ zu →</translation>
        </message>
        <message>
            <source>Gaps</source>
            <translation>Lücken</translation>
        </message>
        <message>
            <source>Gaze: {directions} of the {known} in which it is known. It is coarse: “centre” is at the camera or near it, left and right are those of the picture, and up and down are unreliable.</source>
            <translation>Blick: {directions} der {known}, in denen er bekannt ist. Er ist grob: „Mitte“ heißt zur Kamera oder nahe daran vorbei, links und rechts gelten im Bild, oben und unten sind kaum zu unterscheiden.</translation>
        </message>
        <message>
            <source>Give the folder of a recording.</source>
            <translation>Den Ordner einer Aufnahme angeben.</translation>
        </message>
        <message>
            <source>Highest, at</source>
            <translation>Höchster Wert, bei</translation>
        </message>
        <message>
            <source>In the video a gap lasts 6 hours at most: {time} more passed than it shows.</source>
            <translation>Im Video dauert eine Lücke höchstens 6 Stunden: Es vergingen {time} mehr, als es zeigt.</translation>
        </message>
        <message>
            <source>In view</source>
            <translation>Im Bild</translation>
        </message>
        <message>
            <source>In view for {time}, {share} of the recording; first at {first}, last at {last}.</source>
            <translation>{time} lang im Bild, das sind {share} der Aufnahme; zuerst bei {first}, zuletzt bei {last}.</translation>
        </message>
        <message>
            <source>It tells {count} expressions apart: {names}.</source>
            <translation>Es unterscheidet {count} Ausdrücke: {names}.</translation>
        </message>
        <message>
            <source>Lag (s)</source>
            <translation>Verzug (s)</translation>
        </message>
        <message>
            <source>Left out by a person</source>
            <translation>Von einer Person weggelassen</translation>
        </message>
        <message>
            <source>Left out from {start} to {end}</source>
            <translation>Weggelassen von {start} bis {end}</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Load</source>
            <translation>Last</translation>
        </message>
        <message>
            <source>Longest</source>
            <translation>Am längsten</translation>
        </message>
        <message>
            <source>Made by Realtime FER {version} on this computer. This page contains everything it shows and loads nothing.</source>
            <translation>Erstellt von Realtime FER {version} auf diesem Rechner. Diese Seite enthält alles, was sie zeigt, und lädt nichts nach.</translation>
        </message>
        <message>
            <source>Marker {number}: {text}, {time}</source>
            <translation>Marke {number}: {text}, {time}</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>Marken</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Maß</translation>
        </message>
        <message>
            <source>Mirrored</source>
            <translation>Gespiegelt</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Never named: {names}.</source>
            <translation>Nie benannt: {names}.</translation>
        </message>
        <message>
            <source>No face was found in this recording.</source>
            <translation>In dieser Aufnahme wurde kein Gesicht gefunden.</translation>
        </message>
        <message>
            <source>No frame from the source</source>
            <translation>Kein Bild von der Quelle</translation>
        </message>
        <message>
            <source>No frame from {start} to {end}</source>
            <translation>Kein Bild von {start} bis {end}</translation>
        </message>
        <message>
            <source>No frame was dropped for lack of time.</source>
            <translation>Kein Bild wurde aus Zeitmangel ausgelassen.</translation>
        </message>
        <message>
            <source>No gap between the frames was noted.</source>
            <translation>Es wurde keine Lücke zwischen den Bildern festgehalten.</translation>
        </message>
        <message>
            <source>No markers were set.</source>
            <translation>Es wurden keine Marken gesetzt.</translation>
        </message>
        <message>
            <source>Not analysed</source>
            <translation>Nicht ausgewertet</translation>
        </message>
        <message>
            <source>Not analysed from {start} to {end}</source>
            <translation>Nicht ausgewertet von {start} bis {end}</translation>
        </message>
        <message>
            <source>Not analysed: no faces were searched for</source>
            <translation>Nicht ausgewertet: niemand wurde gesucht</translation>
        </message>
        <message>
            <source>Not analysed: the computer was busy</source>
            <translation>Nicht ausgewertet: Der Rechner war ausgelastet</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nummer</translation>
        </message>
        <message>
            <source>Of all that arrived</source>
            <translation>Von allen, die kamen</translation>
        </message>
        <message>
            <source>Of the recording</source>
            <translation>Von der Aufnahme</translation>
        </message>
        <message>
            <source>Of the time in view</source>
            <translation>Von der Zeit im Bild</translation>
        </message>
        <message>
            <source>Of the time it could be judged</source>
            <translation>Von der Zeit, in der er beurteilbar war</translation>
        </message>
        <message>
            <source>Of {count} rows, {expected} fall below p = 0.05 by chance alone.</source>
            <translation>Von {count} Zeilen liegen {expected} allein durch Zufall unter p = 0,05.</translation>
        </message>
        <message>
            <source>Out of view</source>
            <translation>Nicht im Bild</translation>
        </message>
        <message>
            <source>Own expressions</source>
            <translation>Eigene Ausdrücke</translation>
        </message>
        <message>
            <source>Package</source>
            <translation>Paket</translation>
        </message>
        <message>
            <source>Pair</source>
            <translation>Paar</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Paused from {start} to {end}</source>
            <translation>Angehalten von {start} bis {end}</translation>
        </message>
        <message>
            <source>Pauses</source>
            <translation>Pausen</translation>
        </message>
        <message>
            <source>Person {number}</source>
            <translation>Person {number}</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Pleasantness</source>
            <translation>Angenehmheit</translation>
        </message>
        <message>
            <source>Pleasantness of the expression (-1 to 1): {pleasantness} on average; its strength (0 to 1): {strength}. Neither says how the person feels.</source>
            <translation>Angenehmheit des Ausdrucks (-1 bis 1): im Mittel {pleasantness}; seine Stärke (0 bis 1): {strength}. Beides sagt nicht, wie die Person sich fühlt.</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Privatsphäre</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <source>Realtime FER · report of a recording</source>
            <translation>Realtime FER · Bericht einer Aufnahme</translation>
        </message>
        <message>
            <source>Recording {name} – Realtime FER</source>
            <translation>Aufnahme {name} – Realtime FER</translation>
        </message>
        <message>
            <source>Remarks</source>
            <translation>Anmerkungen</translation>
        </message>
        <message>
            <source>Resting faces</source>
            <translation>Ruhegesichter</translation>
        </message>
        <message>
            <source>SHA-256 of the network that was recorded: {hash}</source>
            <translation>SHA-256 des Netzes, mit dem aufgenommen wurde: {hash}</translation>
        </message>
        <message>
            <source>Seen for</source>
            <translation>Gesehen</translation>
        </message>
        <message>
            <source>Sensitivity to subtle expressions</source>
            <translation>Empfindlichkeit für feine Ausdrücke</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>Einstellung</translation>
        </message>
        <message>
            <source>Settings and versions</source>
            <translation>Einstellungen und Versionen</translation>
        </message>
        <message>
            <source>Smile</source>
            <translation>Lächeln</translation>
        </message>
        <message>
            <source>Snapshot {name}</source>
            <translation>Foto {name}</translation>
        </message>
        <message>
            <source>Snapshots</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>Spoke for {spoken} and blinked {blinks} times in the {followed} in which the face was followed by its points.</source>
            <translation>Hat {spoken} gesprochen und {blinks}-mal geblinzelt in den {followed}, in denen das Gesicht anhand seiner Punkte verfolgt wurde.</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>Taught in the window, and not part of the shares above. Each is learned from one face; for other faces it is a guess. “Seen” means a value of {least} or more.</source>
            <translation>Im Fenster beigebracht und nicht Teil der Anteile oben. Jeder ist an einem Gesicht gelernt; bei anderen Gesichtern ist er geraten. „Gesehen“ heißt: ein Wert von {least} oder mehr.</translation>
        </message>
        <message>
            <source>The CSV '{path}' cannot be read: {reason}.</source>
            <translation>Die CSV-Datei „{path}“ lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>The card of this model is not on this computer, so its training data and accuracy are not known here.</source>
            <translation>Die Karte dieses Modells ist nicht auf diesem Rechner; Trainingsdaten und Genauigkeit sind hier daher nicht bekannt.</translation>
        </message>
        <message>
            <source>The expression changed too often to draw each change: every {seconds} s of the timeline show what filled most of them. The figures below count every moment.</source>
            <translation>Der Ausdruck wechselte zu oft, um jeden Wechsel zu zeichnen: Je {seconds} s des Verlaufs zeigen, was sie am meisten füllte. Die Zahlen darunter zählen jeden Augenblick.</translation>
        </message>
        <message>
            <source>The expression did not change while this person was in view.</source>
            <translation>Der Ausdruck wechselte nicht, solange diese Person im Bild war.</translation>
        </message>
        <message>
            <source>The model and its limits</source>
            <translation>Das Modell und seine Grenzen</translation>
        </message>
        <message>
            <source>The model is often wrong, and more often for some faces than for others. Its card below says how often it was right on which pictures.</source>
            <translation>Das Modell irrt oft, und bei manchen Gesichtern öfter als bei anderen. Seine Karte weiter unten sagt, wie oft es an welchen Bildern richtig lag.</translation>
        </message>
        <message>
            <source>The number of dropped frames is saved from time to time while a recording runs. This recording was not finished, so there may be more.</source>
            <translation>Wie viele Bilder ausgelassen wurden, wird während einer Aufnahme immer wieder gespeichert. Diese Aufnahme wurde nicht abgeschlossen; es können also mehr sein.</translation>
        </message>
        <message>
            <source>The recording</source>
            <translation>Die Aufnahme</translation>
        </message>
        <message>
            <source>The recording does not say which version of this model it was made with. This card describes the version on this computer, which may be another.</source>
            <translation>Die Aufnahme sagt nicht, mit welcher Version dieses Modells sie gemacht wurde. Diese Karte beschreibt die Version auf diesem Rechner, die eine andere sein kann.</translation>
        </message>
        <message>
            <source>The recording ended early: {reason}</source>
            <translation>Die Aufnahme endete vorzeitig: {reason}</translation>
        </message>
        <message>
            <source>The recording was not finished: the program ended first, or is still recording. This page shows what was saved until then.</source>
            <translation>Die Aufnahme wurde nicht abgeschlossen: Das Programm endete vorher, oder sie läuft noch. Diese Seite zeigt, was bis dahin gespeichert war.</translation>
        </message>
        <message>
            <source>The source gave no frame for {time} in all: a video ended, the source changed, or it was lost.</source>
            <translation>Insgesamt {time} lang gab die Quelle kein Bild: Ein Video endete, die Quelle wechselte oder ging verloren.</translation>
        </message>
        <message>
            <source>The words name what a face looks like, not what a person feels: people smile without joy, and are sad without showing it.</source>
            <translation>Die Wörter sagen, wie ein Gesicht aussieht, nicht, was ein Mensch fühlt: Menschen lächeln ohne Freude und sind traurig, ohne es zu zeigen.</translation>
        </message>
        <message>
            <source>There is no folder '{folder}'.</source>
            <translation>Es gibt keinen Ordner „{folder}“.</translation>
        </message>
        <message>
            <source>There is no session.json, so source, settings, dropped frames and gaps are not known.</source>
            <translation>Es gibt keine session.json; Quelle, Einstellungen, ausgelassene Bilder und Lücken sind daher nicht bekannt.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Time runs from left to right, and each expression has its row. The shaded field is when the person was in view.</source>
            <translation>Die Zeit läuft von links nach rechts, und jeder Ausdruck hat seine Zeile. Das getönte Feld zeigt, wann die Person im Bild war.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitverlauf</translation>
        </message>
        <message>
            <source>Timeline of {person}; the figures are in the table below.</source>
            <translation>Zeitverlauf von {person}; die Zahlen dazu stehen in der Tabelle darunter.</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Wie oft</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>Two people together</source>
            <translation>Zwei Personen zusammen</translation>
        </message>
        <message>
            <source>Two people who watch the same thing move together without noticing each other. This does not say who causes what, or what anybody feels.</source>
            <translation>Zwei Personen, die dasselbe sehen, bewegen sich gemeinsam, ohne aufeinander zu achten. Wer was bewirkt oder was jemand fühlt, steht hier nicht.</translation>
        </message>
        <message>
            <source>Uncertain</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <source>Uncertain because: {reasons}.</source>
            <translation>Unsicher, weil: {reasons}.</translation>
        </message>
        <message>
            <source>Unknown to the model, which could not name them: {names}.</source>
            <translation>Dem Modell unbekannt, sodass es sie nicht nennen konnte: {names}.</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>What is missing</source>
            <translation>Was fehlt</translation>
        </message>
        <message>
            <source>What this page can and cannot tell</source>
            <translation>Was diese Seite sagen kann und was nicht</translation>
        </message>
        <message>
            <source>Where each expression was most probable</source>
            <translation>Wo jeder Ausdruck am wahrscheinlichsten war</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <source>Who was seen</source>
            <translation>Wer zu sehen war</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Warum</translation>
        </message>
        <message>
            <source>Windowed cross-correlation (Boker et al., 2002): windows of {window} s, one every {step} s, the second person up to {lag} s earlier or later; the mean over the windows, at the lag where it is largest. By chance: what 95 % of {count} pairs stay below in which the second person is moved in time, so that the two did not meet; p is the share of those that reach as much.</source>
            <translation>Kreuzkorrelation in Fenstern (Boker et al., 2002): Fenster von {window} s, alle {step} s eines, die zweite Person bis zu {lag} s früher oder später; das Mittel über die Fenster, bei dem Verzug, bei dem es am größten ist. Durch Zufall: worunter 95 % von {count} Paaren bleiben, in denen die zweite Person zeitlich verschoben ist, sodass sich die beiden nicht begegnet sind; p ist der Anteil derer, die so viel erreichen.</translation>
        </message>
        <message>
            <source>Windows</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>and another whose name was not recorded</source>
            <translation>und eine weitere, deren Name nicht festgehalten wurde</translation>
        </message>
        <message>
            <source>and {count} more changes</source>
            <translation>und {count} weitere Wechsel</translation>
        </message>
        <message>
            <source>and {count} others whose names were not recorded</source>
            <translation>und {count} weitere, deren Namen nicht festgehalten wurden</translation>
        </message>
        <message>
            <source>annotated: boxes and words drawn on it</source>
            <translation>mit gezeichneten Rahmen und Wörtern</translation>
        </message>
        <message>
            <source>capture</source>
            <translation>Erfassung</translation>
        </message>
        <message>
            <source>clean: nothing drawn on it</source>
            <translation>ohne Zeichnung</translation>
        </message>
        <message>
            <source>every frame of the source until then: {done} of {all}</source>
            <translation>bis dahin jedes Bild der Quelle: {done} von {all}</translation>
        </message>
        <message>
            <source>every frame of the source: {done}</source>
            <translation>jedes Bild der Quelle: {done}</translation>
        </message>
        <message>
            <source>faces blurred</source>
            <translation>Gesichter weichgezeichnet</translation>
        </message>
        <message>
            <source>faces covered</source>
            <translation>Gesichter verdeckt</translation>
        </message>
        <message>
            <source>faces pixelated</source>
            <translation>Gesichter verpixelt</translation>
        </message>
        <message>
            <source>faces shown as they are</source>
            <translation>Gesichter unverändert gezeigt</translation>
        </message>
        <message>
            <source>higher</source>
            <translation>höher</translation>
        </message>
        <message>
            <source>learned at {times}. From then on their smoothed figures are corrected by it</source>
            <translation>gelernt bei {times}. Von da an sind die geglätteten Zahlen dieser Personen danach berichtigt</translation>
        </message>
        <message>
            <source>markers</source>
            <translation>Marken</translation>
        </message>
        <message>
            <source>names</source>
            <translation>Namen</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>no frame from the source</source>
            <translation>kein Bild von der Quelle</translation>
        </message>
        <message>
            <source>none, numbers only</source>
            <translation>keines, nur die Zahlen</translation>
        </message>
        <message>
            <source>none: the microphone could not be used</source>
            <translation>keiner: Das Mikrofon ließ sich nicht benutzen</translation>
        </message>
        <message>
            <source>not analysed: the computer was busy</source>
            <translation>nicht ausgewertet: Der Rechner war ausgelastet</translation>
        </message>
        <message>
            <source>numbers that are one person</source>
            <translation>Nummern, die eine Person sind</translation>
        </message>
        <message>
            <source>numbers that are several people</source>
            <translation>Nummern, die mehrere Personen sind</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>p</source>
            <translation>p</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>paused for {time}, else no frame from the source</source>
            <translation>{time} lang angehalten, sonst kein Bild von der Quelle</translation>
        </message>
        <message>
            <source>reason not recorded</source>
            <translation>Grund nicht festgehalten</translation>
        </message>
        <message>
            <source>recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>session.json cannot be read, so source, settings, dropped frames and gaps are not known.</source>
            <translation>Die session.json lässt sich nicht lesen; Quelle, Einstellungen, ausgelassene Bilder und Lücken sind daher nicht bekannt.</translation>
        </message>
        <message>
            <source>standard</source>
            <translation>normal</translation>
        </message>
        <message>
            <source>the default microphone</source>
            <translation>das Standardmikrofon</translation>
        </message>
        <message>
            <source>two: one annotated, one clean</source>
            <translation>zwei: eines mit gezeichneten Rahmen und Wörtern, eines ohne</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>{count} faces that were in view for less time are only in the table.</source>
            <translation>{count} Gesichter, die kürzer im Bild waren, stehen nur in der Tabelle.</translation>
        </message>
        <message>
            <source>{count} lines of the CSV are damaged or incomplete and are left out.</source>
            <translation>{count} Zeilen der CSV-Datei sind beschädigt oder unvollständig und werden ausgelassen.</translation>
        </message>
        <message>
            <source>{count} people left out</source>
            <translation>{count} Personen weggelassen</translation>
        </message>
        <message>
            <source>{expression}, {start} to {end}</source>
            <translation>{expression}, {start} bis {end}</translation>
        </message>
        <message>
            <source>{file} cannot be read, so no corrections are applied.</source>
            <translation>{file} lässt sich nicht lesen, deshalb sind keine Korrekturen angewandt.</translation>
        </message>
        <message>
            <source>{microphone}; silent for {time}</source>
            <translation>{microphone}; {time} lang stumm</translation>
        </message>
        <message>
            <source>{model} ran beside it on the same faces. Where both named an expression ({count} faces, frame by frame), they agreed in {share}. Its probabilities are in comparison.csv.</source>
            <translation>Daneben lief {model} auf denselben Gesichtern. Wo beide einen Ausdruck nannten ({count} Gesichter, Bild für Bild), stimmten sie in {share} überein. Seine Wahrscheinlichkeiten stehen in comparison.csv.</translation>
        </message>
        <message>
            <source>{model} ran beside it, but the two never named an expression of the same face at the same time.</source>
            <translation>Daneben lief {model}, aber nie nannten beide zur selben Zeit einen Ausdruck desselben Gesichts.</translation>
        </message>
        <message>
            <source>{person}, {expression} {share} at {time}</source>
            <translation>{person}, {expression} {share} bei {time}</translation>
        </message>
        <message>
            <source>{time} in all were not analysed, because the face detector was still loading or the computer was too busy. Who was in view then is not known.</source>
            <translation>Insgesamt {time} wurden nicht ausgewertet, weil der Gesichtsdetektor noch lud oder der Rechner nicht nachkam. Wer da im Bild war, ist nicht bekannt.</translation>
        </message>
        <message>
            <source>{time} left out</source>
            <translation>{time} weggelassen</translation>
        </message>
        <message>
            <source>{time}: of {people}</source>
            <translation>{time}: von {people}</translation>
        </message>
        <message>
            <source>{what} ({start} to {end})</source>
            <translation>{what} ({start} bis {end})</translation>
        </message>
        <message>
            <source>{what}, for {time}</source>
            <translation>{what}, {time} lang</translation>
        </message>
        <message>
            <source>{width} × {height} pixels</source>
            <translation>{width} × {height} Pixel</translation>
        </message>
        <message>
            <source>… and {count} more in expressions.csv.</source>
            <translation>… und {count} weitere in expressions.csv.</translation>
        </message>
        <message>
            <source>… and {count} more.</source>
            <translation>… und {count} weitere.</translation>
        </message>
    </context>
    <context>
        <name>ReportControl</name>
        <message>
            <source>A report is already being created; try again when it is ready.</source>
            <translation>Ein Bericht wird bereits erstellt; bitte danach erneut versuchen.</translation>
        </message>
        <message>
            <source>Creating the report of “{name}”…</source>
            <translation>Der Bericht zu „{name}“ wird erstellt…</translation>
        </message>
        <message>
            <source>No browser could be opened; the report is {page}.</source>
            <translation>Es ließ sich kein Browser öffnen; der Bericht ist {page}.</translation>
        </message>
        <message>
            <source>The report could not be created ({name}: {error}).</source>
            <translation>Der Bericht konnte nicht erstellt werden ({name}: {error}).</translation>
        </message>
        <message>
            <source>The report is ready: “{name}”.</source>
            <translation>Der Bericht ist fertig: „{name}“.</translation>
        </message>
    </context>
    <context>
        <name>RestingFaces</name>
        <message>
            <source>'{path}' cannot be read: {reason}.</source>
            <translation>„{path}“ kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>'{path}' is damaged: its numbers are not those of a resting face.</source>
            <translation>„{path}“ ist beschädigt: Die Zahlen sind nicht die eines Ruhegesichts.</translation>
        </message>
        <message>
            <source>'{path}' is not a resting face.</source>
            <translation>„{path}“ ist kein Ruhegesicht.</translation>
        </message>
        <message>
            <source>'{path}' was written by a later version of the program.</source>
            <translation>„{path}“ wurde von einer neueren Version des Programms geschrieben.</translation>
        </message>
        <message>
            <source>Install that version.</source>
            <translation>Installieren Sie diese Version.</translation>
        </message>
        <message>
            <source>No face was in view for long enough.</source>
            <translation>Kein Gesicht war lange genug im Bild.</translation>
        </message>
        <message>
            <source>No face was in view.</source>
            <translation>Kein Gesicht war im Bild.</translation>
        </message>
        <message>
            <source>No model is running yet.</source>
            <translation>Es läuft noch kein Modell.</translation>
        </message>
        <message>
            <source>Not learnt, since the face was not at rest: {people}.</source>
            <translation>Nicht gelernt, weil das Gesicht nicht in Ruhe war: {people}.</translation>
        </message>
        <message>
            <source>Not seen well or long enough: {people}.</source>
            <translation>Nicht gut oder nicht lange genug gesehen: {people}.</translation>
        </message>
        <message>
            <source>That looks like '{expression}', not a resting face: relax the face and look at the camera.</source>
            <translation>Das sieht nach „{expression}“ aus, nicht nach einem Ruhegesicht: Gesicht entspannen und in die Kamera schauen.</translation>
        </message>
        <message>
            <source>That looks like a smile, not a resting face: relax the face and look at the camera.</source>
            <translation>Das sieht nach einem Lächeln aus, nicht nach einem Ruhegesicht: Gesicht entspannen und in die Kamera schauen.</translation>
        </message>
        <message>
            <source>The face could not be seen well enough: {reason}.</source>
            <translation>Das Gesicht war nicht gut genug zu sehen: {reason}.</translation>
        </message>
        <message>
            <source>The resting face '{name}' was learnt with the model {wanted}, but {model} is running.</source>
            <translation>Das Ruhegesicht „{name}“ wurde mit dem Modell {wanted} gelernt; jetzt läuft {model}.</translation>
        </message>
        <message>
            <source>The running model does not know a neutral face.</source>
            <translation>Das laufende Modell kennt kein neutrales Gesicht.</translation>
        </message>
    </context>
    <context>
        <name>RestingFilesDialog</name>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>&amp;Delete for good</source>
            <translation>Endgültig &amp;löschen</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>&amp;Speichern</translation>
        </message>
        <message>
            <source>&amp;Use</source>
            <translation>&amp;Verwenden</translation>
        </message>
        <message>
            <source>A file holds numbers of one face at rest and no picture. It applies to whoever is alone in view, with the model that it was learnt with, until you forget it (Shift+C) or open another source. Folder: {folder}</source>
            <translation>Eine Datei enthält Zahlen eines Gesichts in Ruhe und kein Bild. Sie gilt für die Person, die allein im Bild ist, mit dem Modell, das sie gelesen hat, bis Sie sie vergessen (Umschalt+C) oder eine andere Quelle öffnen. Ordner: {folder}</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Learn a resting face (C) in order to save it.</source>
            <translation>Lernen Sie ein Ruhegesicht (C), um es zu speichern.</translation>
        </message>
        <message>
            <source>Name of the file</source>
            <translation>Name der Datei</translation>
        </message>
        <message>
            <source>Resting faces in files</source>
            <translation>Ruhegesichter in Dateien</translation>
        </message>
        <message>
            <source>Saved as “{name}”.</source>
            <translation>Gespeichert als „{name}“.</translation>
        </message>
        <message>
            <source>The file cannot be deleted: {reason}.</source>
            <translation>Die Datei kann nicht gelöscht werden: {reason}.</translation>
        </message>
        <message>
            <source>The file cannot be written: {reason}.</source>
            <translation>Die Datei kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>There is a file of this name already: choose another name, or delete it first.</source>
            <translation>Es gibt schon eine Datei dieses Namens: Wählen Sie einen anderen, oder löschen Sie sie zuerst.</translation>
        </message>
        <message>
            <source>Whose face</source>
            <translation>Wessen Gesicht</translation>
        </message>
    </context>
    <context>
        <name>Review</name>
        <message>
            <source>&amp;Redo: {what}</source>
            <translation>&amp;Wiederherstellen: {what}</translation>
        </message>
        <message>
            <source>&amp;Undo: {what}</source>
            <translation>&amp;Rückgängig: {what}</translation>
        </message>
        <message>
            <source>'{folder}' is not a recording: it contains no expressions.csv.</source>
            <translation>„{folder}“ ist keine Aufnahme: Darin liegt keine expressions.csv.</translation>
        </message>
        <message>
            <source>'{path}' cannot be read: {reason}.</source>
            <translation>„{path}“ kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>'{path}' does not hold corrections of a recording.</source>
            <translation>„{path}“ enthält keine Korrekturen einer Aufnahme.</translation>
        </message>
        <message>
            <source>'{path}' is not the table of a recording.</source>
            <translation>„{path}“ ist keine Tabelle einer Aufnahme.</translation>
        </message>
        <message>
            <source>1 line of the table is damaged and is left out.</source>
            <translation>1 Zeile der Tabelle ist beschädigt und fehlt.</translation>
        </message>
        <message>
            <source>A recording's folder has a name like 2026-05-17_14-03-22.</source>
            <translation>Der Ordner einer Aufnahme heißt etwa 2026-05-17_14-03-22.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Setzen</translation>
        </message>
        <message>
            <source>Add marker</source>
            <translation>Marke setzen</translation>
        </message>
        <message>
            <source>Begins here</source>
            <translation>Beginnt hier</translation>
        </message>
        <message>
            <source>Boxes</source>
            <translation>Rahmen</translation>
        </message>
        <message>
            <source>Boxes and labels</source>
            <translation>Rahmen und Beschriftung</translation>
        </message>
        <message>
            <source>Boxes, labels and bars</source>
            <translation>Rahmen, Beschriftung, Balken</translation>
        </message>
        <message>
            <source>Changes from elsewhere</source>
            <translation>Änderungen von anderswo</translation>
        </message>
        <message>
            <source>Close it there, and open the recording here again.</source>
            <translation>Schließen Sie sie dort und öffnen Sie die Aufnahme hier noch einmal.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Delete marker</source>
            <translation>Marke löschen</translation>
        </message>
        <message>
            <source>Drag in the timeline while holding it to choose a span</source>
            <translation>Damit in der Zeitleiste ziehen: einen Abschnitt auswählen</translation>
        </message>
        <message>
            <source>Edit marker</source>
            <translation>Marke ändern</translation>
        </message>
        <message>
            <source>Edit note</source>
            <translation>Notiz ändern</translation>
        </message>
        <message>
            <source>Ends here</source>
            <translation>Endet hier</translation>
        </message>
        <message>
            <source>Exclude</source>
            <translation>Ausschließen</translation>
        </message>
        <message>
            <source>Exclude span</source>
            <translation>Abschnitt ausschließen</translation>
        </message>
        <message>
            <source>Excluded from report and exports</source>
            <translation>Fehlt in Bericht und Exporten</translation>
        </message>
        <message>
            <source>Hide / show</source>
            <translation>Aus-/einblenden</translation>
        </message>
        <message>
            <source>Hide person {number}</source>
            <translation>Person {number} ausblenden</translation>
        </message>
        <message>
            <source>Include</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Include span</source>
            <translation>Abschnitt aufnehmen</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>Marken</translation>
        </message>
        <message>
            <source>Merge person {one} with {other}</source>
            <translation>Person {one} mit {other} zusammenführen</translation>
        </message>
        <message>
            <source>Merge…</source>
            <translation>Zusammenführen…</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>More commands for this list</source>
            <translation>Weitere Befehle für diese Liste</translation>
        </message>
        <message>
            <source>Move here</source>
            <translation>Hierher</translation>
        </message>
        <message>
            <source>Move marker</source>
            <translation>Marke verschieben</translation>
        </message>
        <message>
            <source>Name person {number}</source>
            <translation>Person {number} benennen</translation>
        </message>
        <message>
            <source>Name…</source>
            <translation>Name…</translation>
        </message>
        <message>
            <source>Nobody is in view.</source>
            <translation>Niemand ist im Bild.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Nichts</translation>
        </message>
        <message>
            <source>Number {number}</source>
            <translation>Nummer {number}</translation>
        </message>
        <message>
            <source>Only corrections</source>
            <translation>Nur Korrekturen</translation>
        </message>
        <message>
            <source>Person {number}</source>
            <translation>Person {number}</translation>
        </message>
        <message>
            <source>Person {person} is already split there.</source>
            <translation>Person {person} ist dort schon geteilt.</translation>
        </message>
        <message>
            <source>Person {person} is not in view both before and after this moment.</source>
            <translation>Person {person} ist nicht vor und nach diesem Moment im Bild.</translation>
        </message>
        <message>
            <source>Persons {one} and {other} are already the same.</source>
            <translation>Person {one} und Person {other} sind schon dieselbe.</translation>
        </message>
        <message>
            <source>Rename it to begin without corrections.</source>
            <translation>Die Datei umbenennen, um ohne Korrekturen zu beginnen.</translation>
        </message>
        <message>
            <source>Separate person {number}</source>
            <translation>Person {number} trennen</translation>
        </message>
        <message>
            <source>Separate…</source>
            <translation>Trennen…</translation>
        </message>
        <message>
            <source>Show person {number}</source>
            <translation>Person {number} einblenden</translation>
        </message>
        <message>
            <source>Split here</source>
            <translation>Hier teilen</translation>
        </message>
        <message>
            <source>Split person {number}</source>
            <translation>Person {number} teilen</translation>
        </message>
        <message>
            <source>That failed unexpectedly: {error}.</source>
            <translation>Das ist unerwartet fehlgeschlagen: {error}.</translation>
        </message>
        <message>
            <source>The corrections in '{path}' cannot be read.</source>
            <translation>Die Korrekturen in „{path}“ können nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The recording was not finished: its program ended before it did.</source>
            <translation>Die Aufnahme wurde nicht abgeschlossen: Das Programm endete vorher.</translation>
        </message>
        <message>
            <source>The recording was read again; it is complete: {length}.</source>
            <translation>Die Aufnahme wurde neu gelesen und ist vollständig: {length}.</translation>
        </message>
        <message>
            <source>There is no session.json, so gaps are not known.</source>
            <translation>Es gibt keine session.json, daher sind Lücken nicht bekannt.</translation>
        </message>
        <message>
            <source>This recording is open for review in another window already, so nothing can be changed here.</source>
            <translation>Diese Aufnahme wird schon in einem anderen Fenster durchgesehen, daher lässt sich hier nichts ändern.</translation>
        </message>
        <message>
            <source>This recording is still being written; it is shown up to {time}. It is read again when it is complete, or when you press F5. Corrections stay.</source>
            <translation>Diese Aufnahme wird noch geschrieben; gezeigt wird sie bis {time}. Sie wird erneut gelesen, sobald sie vollständig ist oder wenn Sie F5 drücken. Korrekturen bleiben erhalten.</translation>
        </message>
        <message>
            <source>Timeline of the recording</source>
            <translation>Zeitleiste der Aufnahme</translation>
        </message>
        <message>
            <source>merged with {numbers}</source>
            <translation>zusammengeführt mit {numbers}</translation>
        </message>
        <message>
            <source>session.json cannot be read, so gaps are not known.</source>
            <translation>session.json lässt sich nicht lesen, daher sind Lücken nicht bekannt.</translation>
        </message>
        <message>
            <source>{count} lines of the table are damaged and are left out.</source>
            <translation>{count} Zeilen der Tabelle sind beschädigt und fehlen.</translation>
        </message>
        <message>
            <source>{name}: mostly {expression}</source>
            <translation>{name}: meist {expression}</translation>
        </message>
    </context>
    <context>
        <name>ReviewControl</name>
        <message>
            <source>Choose a recording folder to review</source>
            <translation>Ordner einer Aufnahme zum Durchsehen wählen</translation>
        </message>
        <message>
            <source>open for review</source>
            <translation>zur Durchsicht geöffnet</translation>
        </message>
    </context>
    <context>
        <name>ReviewEdits</name>
        <message>
            <source>Both are in view in {count} frames; in those, the face found with more confidence counts.</source>
            <translation>Beide sind in {count} Bildern zu sehen; dort zählt das sicherer gefundene Gesicht.</translation>
        </message>
        <message>
            <source>Choose a marker first.</source>
            <translation>Wählen Sie zuerst eine Marke.</translation>
        </message>
        <message>
            <source>Choose a span first: with I and O, or by dragging in the timeline with Shift held.</source>
            <translation>Wählen Sie zuerst einen Abschnitt: mit I und O, oder durch Ziehen in der Zeitleiste mit gedrückter Umschalttaste.</translation>
        </message>
        <message>
            <source>Marker {number}</source>
            <translation>Marke {number}</translation>
        </message>
        <message>
            <source>No longer the same person</source>
            <translation>Nicht mehr dieselbe Person</translation>
        </message>
        <message>
            <source>Nobody was merged with this person.</source>
            <translation>Mit dieser Person wurde niemand zusammengeführt.</translation>
        </message>
        <message>
            <source>Nothing is excluded here.</source>
            <translation>Hier ist nichts ausgeschlossen.</translation>
        </message>
        <message>
            <source>There is nobody else in this recording.</source>
            <translation>In dieser Aufnahme ist niemand sonst.</translation>
        </message>
        <message>
            <source>{name} is the same person as</source>
            <translation>{name} ist dieselbe Person wie</translation>
        </message>
    </context>
    <context>
        <name>ReviewPage</name>
        <message>
            <source>Boxes are drawn into this video. “Show another video…” in the menu Recording shows the original instead.</source>
            <translation>In dieses Video sind schon Rahmen gezeichnet. „Anderes Video zeigen…“ im Menü Aufnahme nimmt das Original.</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Ausgelassen</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>Marken</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>People, markers and excluded spans</source>
            <translation>Personen, Marken und ausgeschlossene Abschnitte</translation>
        </message>
        <message>
            <source>Span {start} – {end}</source>
            <translation>Abschnitt {start} – {end}</translation>
        </message>
        <message>
            <source>This recording has no video; its numbers can be reviewed.</source>
            <translation>Diese Aufnahme hat kein Video; ihre Zahlen lassen sich durchsehen.</translation>
        </message>
        <message>
            <source>Video of the same length</source>
            <translation>Video derselben Länge</translation>
        </message>
    </context>
    <context>
        <name>ReviewWindow</name>
        <message>
            <source>Creating the report…</source>
            <translation>Der Bericht wird erstellt…</translation>
        </message>
        <message>
            <source>Exported: {names}.</source>
            <translation>Exportiert: {names}.</translation>
        </message>
        <message>
            <source>Exporting…</source>
            <translation>Wird exportiert…</translation>
        </message>
        <message>
            <source>Nobody was seen in this recording.</source>
            <translation>In dieser Aufnahme wurde niemand gesehen.</translation>
        </message>
        <message>
            <source>Reading the recording…</source>
            <translation>Die Aufnahme wird gelesen…</translation>
        </message>
        <message>
            <source>Review: {name}</source>
            <translation>Durchsicht: {name}</translation>
        </message>
        <message>
            <source>The newest corrections are not saved. Close the window again to discard them.</source>
            <translation>Die neuesten Korrekturen sind nicht gespeichert. Noch einmal schließen verwirft sie.</translation>
        </message>
        <message>
            <source>The report is ready: “{name}”.</source>
            <translation>Der Bericht ist fertig: „{name}“.</translation>
        </message>
        <message>
            <source>This cannot be reviewed</source>
            <translation>Das kann nicht durchgesehen werden</translation>
        </message>
        <message>
            <source>{name}: {percent} %</source>
            <translation>{name}: {percent} %</translation>
        </message>
    </context>
    <context>
        <name>SameNameQuestion</name>
        <message>
            <source>&amp;Two people</source>
            <translation>&amp;Zwei Personen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Somebody is called “{name}” already. Is {person} the same person?</source>
            <translation>Jemand heißt schon „{name}“. Ist {person} dieselbe Person?</translation>
        </message>
        <message>
            <source>The &amp;same person: merge</source>
            <translation>Die&amp;selbe Person: zusammenführen</translation>
        </message>
        <message>
            <source>The same name</source>
            <translation>Derselbe Name</translation>
        </message>
    </context>
    <context>
        <name>SeekSlider</name>
        <message>
            <source>Position</source>
            <translation>Position</translation>
        </message>
    </context>
    <context>
        <name>Sensitivity</name>
        <message>
            <source>The model’s card does not say which expressions it favours, so nothing can be corrected.</source>
            <translation>Die Karte des Modells sagt nicht, welche Ausdrücke es bevorzugt; daher lässt sich nichts korrigieren.</translation>
        </message>
    </context>
    <context>
        <name>Setting</name>
        <message>
            <source>&amp;Detector</source>
            <translation>D&amp;etektor</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Ordner</translation>
        </message>
        <message>
            <source>&amp;LSL streams</source>
            <translation>&amp;LSL-Ströme</translation>
        </message>
        <message>
            <source>&amp;Markers from LSL</source>
            <translation>&amp;Marken von LSL</translation>
        </message>
        <message>
            <source>&amp;Mirror picture</source>
            <translation>Bild &amp;spiegeln</translation>
        </message>
        <message>
            <source>&amp;Port</source>
            <translation>&amp;Port</translation>
        </message>
        <message>
            <source>&amp;Resolution</source>
            <translation>&amp;Auflösung</translation>
        </message>
        <message>
            <source>&amp;Smoothing</source>
            <translation>Glätt&amp;ung</translation>
        </message>
        <message>
            <source>52 values of each face under ARKit’s names, in tables and live numbers</source>
            <translation>52 Werte je Gesicht mit den Namen von ARKit, in Tabellen und Live-Zahlen</translation>
        </message>
        <message>
            <source>A table of all values is always saved</source>
            <translation>Eine Tabelle aller Werte wird immer gespeichert</translation>
        </message>
        <message>
            <source>Accept &amp;commands with a token</source>
            <translation>Be&amp;fehle mit Token annehmen</translation>
        </message>
        <message>
            <source>Address and port, such as 127.0.0.1:9000; empty for none</source>
            <translation>Adresse und Port, etwa 127.0.0.1:9000; leer für kein OSC</translation>
        </message>
        <message>
            <source>Allowed &amp;web pages</source>
            <translation>Erlaubte &amp;Webseiten</translation>
        </message>
        <message>
            <source>Also send the p&amp;icture</source>
            <translation>Auch das &amp;Bild geben</translation>
        </message>
        <message>
            <source>Also write expressions.&amp;jsonl</source>
            <translation>Auch expressions.&amp;jsonl schreiben</translation>
        </message>
        <message>
            <source>Always on to&amp;p</source>
            <translation>&amp;Immer im Vordergrund</translation>
        </message>
        <message>
            <source>Annotated video</source>
            <translation>Video mit Einblendungen</translation>
        </message>
        <message>
            <source>Applied on OK if the camera supports it</source>
            <translation>Wird mit OK übernommen, wenn die Kamera es unterstützt</translation>
        </message>
        <message>
            <source>Ask before recording a playing vi&amp;deo</source>
            <translation>Vor der Aufnahme eines laufenden &amp;Videos fragen</translation>
        </message>
        <message>
            <source>At /view, with the overlay; hidden faces stay hidden</source>
            <translation>Unter /view, mit allem Eingezeichneten; verborgene Gesichter bleiben verborgen</translation>
        </message>
        <message>
            <source>Average each face’s values over this time: a longer time is steadier, a shorter one reacts faster.</source>
            <translation>Die Werte jedes Gesichts über diese Zeit mitteln: mehr ist ruhiger, weniger reagiert schneller.</translation>
        </message>
        <message>
            <source>Bars of what eyes, brows, nose and mouth do, and whether somebody speaks. For up to four faces, with a MediaPipe detector (D)</source>
            <translation>Balken dafür, was Augen, Brauen, Nase und Mund tun, und ob jemand spricht. Bei bis zu vier Gesichtern, mit einem MediaPipe-Detektor (D)</translation>
        </message>
        <message>
            <source>Blur</source>
            <translation>Weichzeichnen</translation>
        </message>
        <message>
            <source>Both videos</source>
            <translation>Beide Videos</translation>
        </message>
        <message>
            <source>Box and label</source>
            <translation>Rahmen und Beschriftung</translation>
        </message>
        <message>
            <source>Box only</source>
            <translation>Nur Rahmen</translation>
        </message>
        <message>
            <source>Box, label and bars</source>
            <translation>Rahmen, Beschriftung und Balken</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Camera default</source>
            <translation>Vorgabe der Kamera</translation>
        </message>
        <message>
            <source>Clean video</source>
            <translation>Video ohne Einblendungen</translation>
        </message>
        <message>
            <source>Compare &amp;with</source>
            <translation>&amp;Vergleich mit</translation>
        </message>
        <message>
            <source>Conto&amp;urs of eyes, brows, mouth and face</source>
            <translation>Kontur&amp;en von Augen, Brauen, Mund und Gesicht</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>Verdecken</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Estimate gaze directi&amp;on</source>
            <translation>Blickrichtung absch&amp;ätzen</translation>
        </message>
        <message>
            <source>Every computer on the network can then find and read the streams, without a password</source>
            <translation>Jeder Rechner im Netzwerk kann die Ströme dann finden und lesen; ein Passwort gibt es nicht</translation>
        </message>
        <message>
            <source>Expressions</source>
            <translation>Ausdrücke</translation>
        </message>
        <message>
            <source>Expressions below this confidence are shown as uncertain.</source>
            <translation>Ausdrücke unter dieser Sicherheit werden als unsicher gezeigt.</translation>
        </message>
        <message>
            <source>F&amp;ace privacy</source>
            <translation>&amp;Gesichtsschutz</translation>
        </message>
        <message>
            <source>Face &amp;mesh</source>
            <translation>Gesichtsnetz aus 468 &amp;Punkten</translation>
        </message>
        <message>
            <source>FaceOSC</source>
            <translation>FaceOSC</translation>
        </message>
        <message>
            <source>Fastest. Finds faces up to about two metres away.</source>
            <translation>Am schnellsten. Findet Gesichter bis etwa zwei Meter Entfernung.</translation>
        </message>
        <message>
            <source>Finds faces at the desk and across the room.</source>
            <translation>Findet Gesichter am Schreibtisch und quer durch den Raum.</translation>
        </message>
        <message>
            <source>Finds small faces too, but is somewhat slower.</source>
            <translation>Findet auch kleine Gesichter, ist aber etwas langsamer.</translation>
        </message>
        <message>
            <source>For up to four faces that are followed by their points, with a MediaPipe detector (E)</source>
            <translation>Von bis zu vier Gesichtern, die mit einem MediaPipe-Detektor an ihren Punkten verfolgt werden (E)</translation>
        </message>
        <message>
            <source>For up to four faces that are followed by their points, with a MediaPipe detector (N)</source>
            <translation>Von bis zu vier Gesichtern, die mit einem MediaPipe-Detektor an ihren Punkten verfolgt werden (N)</translation>
        </message>
        <message>
            <source>Frame ra&amp;te</source>
            <translation>&amp;Bildrate</translation>
        </message>
        <message>
            <source>Haar Cascade</source>
            <translation>Haar-Kaskade</translation>
        </message>
        <message>
            <source>Head axes (&amp;yaw, pitch, roll)</source>
            <translation>Kopfachsen (&amp;Winkel: Gieren, Nicken, Neigen)</translation>
        </message>
        <message>
            <source>Hide faces on screen and in everything that is saved (B)</source>
            <translation>Gesichter auf dem Bildschirm und in allem, was gespeichert wird, verbergen (B)</translation>
        </message>
        <message>
            <source>Higher</source>
            <translation>Höher</translation>
        </message>
        <message>
            <source>Interface s&amp;ize</source>
            <translation>Obe&amp;rflächengröße</translation>
        </message>
        <message>
            <source>LSL on the &amp;network too</source>
            <translation>LSL auch im &amp;Netzwerk</translation>
        </message>
        <message>
            <source>Lab Streaming Layer: a stream for each of four people and one for markers, for a recorder such as LabRecorder. On this computer only</source>
            <translation>Lab Streaming Layer: je ein Strom für vier Personen und einer für Marken, für Aufnahmeprogramme wie LabRecorder. Nur auf diesem Rechner</translation>
        </message>
        <message>
            <source>Label si&amp;ze</source>
            <translation>Größe der Besc&amp;hriftung</translation>
        </message>
        <message>
            <source>Lan&amp;guage</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>Large</source>
            <translation>Groß</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Measure blendshapes for a&amp;vatars</source>
            <translation>Blendshapes für Avatare e&amp;xportieren</translation>
        </message>
        <message>
            <source>MediaPipe (near and far)</source>
            <translation>MediaPipe (nah und fern)</translation>
        </message>
        <message>
            <source>MediaPipe's own runtime (contacts Google)</source>
            <translation>MediaPipes eigene Laufzeit (verbindet sich mit Google)</translation>
        </message>
        <message>
            <source>MediaPipe, far</source>
            <translation>MediaPipe, fern</translation>
        </message>
        <message>
            <source>MediaPipe, near</source>
            <translation>MediaPipe, nah</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Micropho&amp;ne</source>
            <translation>&amp;Ton vom Mikrofon</translation>
        </message>
        <message>
            <source>Minimum &amp;confidence</source>
            <translation>Mindestsi&amp;cherheit</translation>
        </message>
        <message>
            <source>Mode&amp;l</source>
            <translation>Mode&amp;ll</translation>
        </message>
        <message>
            <source>Model t&amp;hreads</source>
            <translation>Threads des &amp;Modells</translation>
        </message>
        <message>
            <source>Movements of the face</source>
            <translation>Bewegungen des Gesichts</translation>
        </message>
        <message>
            <source>Name of another program's stream of type Markers; each of its markers is set here too. Empty for none</source>
            <translation>Name eines Stroms vom Typ Markers eines anderen Programms; jede seiner Marken wird auch hier gesetzt. Leer für keinen</translation>
        </message>
        <message>
            <source>Needs Google’s file: realtime-fer fetch-detectors --blendshapes</source>
            <translation>Braucht Googles Datei: realtime-fer fetch-detectors --blendshapes</translation>
        </message>
        <message>
            <source>Needs no download. Finds upright, frontal faces only.</source>
            <translation>Braucht keinen Download. Findet nur aufrechte Gesichter von vorn.</translation>
        </message>
        <message>
            <source>Networks favour what they saw most in training, such as neutral faces. Standard corrects part of that, Higher more of it: subtle expressions are named sooner, but sometimes wrongly.</source>
            <translation>Netze bevorzugen, was sie im Training am häufigsten gesehen haben, etwa neutrale Gesichter. „Normal“ korrigiert einen Teil davon, „Höher“ mehr: Feine Ausdrücke werden eher genannt, aber manchmal zu Unrecht.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Nichts</translation>
        </message>
        <message>
            <source>Numbers for other programs</source>
            <translation>Zahlen für andere Programme</translation>
        </message>
        <message>
            <source>OSC a&amp;ddresses</source>
            <translation>O&amp;SC-Adressen</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Off by default. Voices identify people, even where faces are hidden.</source>
            <translation>Anfangs aus. Stimmen machen Personen erkennbar, auch wenn Gesichter verborgen sind.</translation>
        </message>
        <message>
            <source>On screen and in annotated videos and pictures (O)</source>
            <translation>Auf dem Bildschirm und in Videos und Bildern mit Einblendungen (O)</translation>
        </message>
        <message>
            <source>Origins of web pages that may read the numbers, such as http://localhost:3000; others are refused</source>
            <translation>Ursprünge von Webseiten, die die Zahlen lesen dürfen, etwa http://localhost:3000; andere werden abgewiesen</translation>
        </message>
        <message>
            <source>Overlay</source>
            <translation>Einblendungen</translation>
        </message>
        <message>
            <source>Pixelate</source>
            <translation>Verpixeln</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Privatsphäre</translation>
        </message>
        <message>
            <source>Programs that send the token shown below may record, set markers, take snapshots and change the model</source>
            <translation>Programme, die das Token unten nennen, dürfen aufnehmen, markieren, fotografieren und das Modell wechseln</translation>
        </message>
        <message>
            <source>Realtime FER (/fer/1/happy)</source>
            <translation>Realtime FER (/fer/1/happy)</translation>
        </message>
        <message>
            <source>Recording a video while it plays skips frames; Analyse keeps every frame.</source>
            <translation>Wer ein Video beim Abspielen aufnimmt, verliert Bilder; „Auswerten“ behält jedes.</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Recordings &amp;keep</source>
            <translation>Au&amp;fnahme</translation>
        </message>
        <message>
            <source>Recordings from a camera get the sound of this microphone</source>
            <translation>Aufnahmen einer Kamera bekommen den Ton dieses Mikrofons</translation>
        </message>
        <message>
            <source>Reduce &amp;load when this computer cannot keep up</source>
            <translation>&amp;Last senken, wenn dieser Rechner nicht mitkommt</translation>
        </message>
        <message>
            <source>Run a second model on the same faces; its result appears below the first one’s</source>
            <translation>Ein zweites Modell benennt dieselben Gesichter; sein Ergebnis steht unter dem des ersten</translation>
        </message>
        <message>
            <source>S&amp;ource</source>
            <translation>&amp;Quelle</translation>
        </message>
        <message>
            <source>Send &amp;OSC to</source>
            <translation>&amp;OSC senden an</translation>
        </message>
        <message>
            <source>Send numbers to pro&amp;grams on this computer</source>
            <translation>&amp;Zahlen an Programme auf diesem Rechner geben</translation>
        </message>
        <message>
            <source>Sensitivity to subtle e&amp;xpressions</source>
            <translation>Empfindlichkeit für feine Ausdrüc&amp;ke</translation>
        </message>
        <message>
            <source>Sho&amp;w over each face</source>
            <translation>Zu jedem Gesicht &amp;zeigen</translation>
        </message>
        <message>
            <source>Show your right hand on the right, as in a mirror (M)</source>
            <translation>Die rechte Hand rechts zeigen, wie im Spiegel (M)</translation>
        </message>
        <message>
            <source>Size of labels and bars on screen and in annotated videos and pictures (Shift+O)</source>
            <translation>Größe von Beschriftung und Balken auf dem Bildschirm und in Videos und Bildern mit Einblendungen (Umschalt+O)</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>Klein</translation>
        </message>
        <message>
            <source>Standard</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Table only</source>
            <translation>Nur Tabelle</translation>
        </message>
        <message>
            <source>Takes effect after restart</source>
            <translation>Wird nach einem Neustart wirksam</translation>
        </message>
        <message>
            <source>Th&amp;eme</source>
            <translation>Erschei&amp;nungsbild</translation>
        </message>
        <message>
            <source>The method that finds the faces</source>
            <translation>Das Verfahren, das die Gesichter findet</translation>
        </message>
        <message>
            <source>The same networks in MediaPipe's own runtime, for comparison. It contacts Google.</source>
            <translation>Dieselben Netze in MediaPipes eigener Laufzeit, zum Vergleich. Sie verbindet sich mit Google.</translation>
        </message>
        <message>
            <source>VMC (blend shapes)</source>
            <translation>VMC (Blendshapes)</translation>
        </message>
        <message>
            <source>VRChat (avatar parameters)</source>
            <translation>VRChat (Avatar-Parameter)</translation>
        </message>
        <message>
            <source>WebSocket, server-sent events and a page for OBS. Other computers cannot reach them.</source>
            <translation>WebSocket, Server-Sent Events und eine Seite für OBS. Von anderen Rechnern ist nichts erreichbar.</translation>
        </message>
        <message>
            <source>Where the head is turned: red to its side, green up, blue where the nose points. For up to four faces, with a MediaPipe detector (X)</source>
            <translation>Wohin der Kopf gedreht ist: Rot zur Seite, Grün nach oben, Blau, wohin die Nase zeigt. Von bis zu vier Gesichtern, mit einem MediaPipe-Detektor (X)</translation>
        </message>
        <message>
            <source>Whether they look at the camera, or left, right, up or down: coarse, and slower</source>
            <translation>Ob sie in die Kamera, nach links, rechts, oben oder unten blicken: grob und langsamer</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
    </context>
    <context>
        <name>Settings</name>
        <message>
            <source>The setting '{name}' must be a list of texts, got {value!r}.</source>
            <translation>Die Einstellung „{name}“ muss eine Liste von Texten sein, nicht {value!r}.</translation>
        </message>
        <message>
            <source>The setting '{name}' must be a {kind}, got {value!r}.</source>
            <translation>Die Einstellung „{name}“ muss vom Typ {kind} sein, ist aber {value!r}.</translation>
        </message>
        <message>
            <source>The setting '{name}' must be one of {known}.</source>
            <translation>Die Einstellung „{name}“ muss eine von diesen sein: {known}.</translation>
        </message>
        <message>
            <source>The setting '{name}' must be {low:g} to {high:g}, got {value!r}.</source>
            <translation>Die Einstellung „{name}“ muss zwischen {low:g} und {high:g} liegen, ist aber {value!r}.</translation>
        </message>
        <message>
            <source>The settings cannot be read, so the defaults are used. The old file is kept as {backup}.</source>
            <translation>Die Einstellungen lassen sich nicht lesen; es gelten die Vorgaben. Die alte Datei bleibt als {backup} erhalten.</translation>
        </message>
        <message>
            <source>The settings cannot be saved in {path}: {reason}.</source>
            <translation>Die Einstellungen lassen sich nicht in {path} speichern: {reason}.</translation>
        </message>
        <message>
            <source>The settings in {path} cannot be read, so the defaults are used.</source>
            <translation>Die Einstellungen in {path} lassen sich nicht lesen; es gelten die Vorgaben.</translation>
        </message>
        <message>
            <source>These settings were invalid and have been reset to their defaults: {names}.</source>
            <translation>Diese Einstellungen waren ungültig und erhielten ihre Vorgaben: {names}.</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>&amp;Browse…</source>
            <translation>&amp;Durchsuchen…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Documents folder</source>
            <translation>Ordner „Dokumente“</translation>
        </message>
        <message>
            <source>Live numbers</source>
            <translation>Zahlen live</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Recordings folder</source>
            <translation>Aufnahmeordner</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
    </context>
    <context>
        <name>Sink</name>
        <message>
            <source>'{path}' cannot be written any further: the disk is full.</source>
            <translation>„{path}“ lässt sich nicht weiter schreiben: Der Datenträger ist voll.</translation>
        </message>
        <message>
            <source>'{path}' cannot be written: a part of its path is a file and not a folder.</source>
            <translation>„{path}“ lässt sich nicht schreiben: Ein Teil des Pfads ist eine Datei und kein Ordner.</translation>
        </message>
        <message>
            <source>'{path}' cannot be written: no file can be made in '{parent}'.</source>
            <translation>„{path}“ lässt sich nicht schreiben: In „{parent}“ lässt sich keine Datei anlegen.</translation>
        </message>
        <message>
            <source>'{path}' cannot be written: the folder '{parent}' does not exist.</source>
            <translation>„{path}“ lässt sich nicht schreiben: Den Ordner „{parent}“ gibt es nicht.</translation>
        </message>
        <message>
            <source>'{path}' cannot be written: the picture cannot be turned into a {suffix} file.</source>
            <translation>„{path}“ lässt sich nicht schreiben: Aus dem Bild wird keine {suffix}-Datei.</translation>
        </message>
        <message>
            <source>'{path}' cannot be written: {reason}.</source>
            <translation>„{path}“ lässt sich nicht schreiben: {reason}.</translation>
        </message>
        <message>
            <source>'{path}' has become larger than this disk's file system allows.</source>
            <translation>„{path}“ ist größer geworden, als das Dateisystem dieses Datenträgers erlaubt.</translation>
        </message>
        <message>
            <source>'{path}' is closed and takes no more frames.</source>
            <translation>„{path}“ ist geschlossen und nimmt keine Bilder mehr auf.</translation>
        </message>
        <message>
            <source>'{path}' is closed and takes no more rows.</source>
            <translation>„{path}“ ist geschlossen und nimmt keine Zeilen mehr auf.</translation>
        </message>
        <message>
            <source>'{path}' is not an ordinary file, so no result can be written to it.</source>
            <translation>„{path}“ ist keine gewöhnliche Datei, daher lässt sich kein Ergebnis hineinschreiben.</translation>
        </message>
        <message>
            <source>'{path}' is not an ordinary file, so no video can be written to it.</source>
            <translation>„{path}“ ist keine gewöhnliche Datei, daher lässt sich kein Video hineinschreiben.</translation>
        </message>
        <message>
            <source>'{path}' takes no sound now.</source>
            <translation>In '{path}' kann jetzt kein Ton geschrieben werden.</translation>
        </message>
        <message>
            <source>'{path}' was deleted while it was being written.</source>
            <translation>„{path}“ wurde während des Schreibens gelöscht.</translation>
        </message>
        <message>
            <source>'{path}' was moved, renamed or replaced while it was being written.</source>
            <translation>„{path}“ wurde verschoben, umbenannt oder ersetzt, während es geschrieben wurde.</translation>
        </message>
        <message>
            <source>Another program is writing '{path}' at this moment.</source>
            <translation>Ein anderes Programm schreibt gerade „{path}“.</translation>
        </message>
        <message>
            <source>Make room and try again.</source>
            <translation>Platz schaffen und erneut versuchen.</translation>
        </message>
        <message>
            <source>Nothing was recorded until then.</source>
            <translation>Bis dahin wurde nichts aufgenommen.</translation>
        </message>
        <message>
            <source>Parquet files need the library 'pyarrow', which is not installed.</source>
            <translation>Parquet-Dateien brauchen die Bibliothek „pyarrow“, die nicht installiert ist.</translation>
        </message>
        <message>
            <source>Run: pip install 'realtime-fer[archive]'</source>
            <translation>Rufen Sie auf: pip install 'realtime-fer[archive]'</translation>
        </message>
        <message>
            <source>The analysis was stopped after {done} frames.</source>
            <translation>Die Auswertung wurde nach {done} Bildern angehalten.</translation>
        </message>
        <message>
            <source>The analysis was stopped after {done} of {all} frames.</source>
            <translation>Die Auswertung wurde nach {done} von {all} Bildern angehalten.</translation>
        </message>
        <message>
            <source>The picture '{path}' must end in one of {endings}.</source>
            <translation>Das Bild „{path}“ muss auf eine dieser Endungen enden: {endings}.</translation>
        </message>
        <message>
            <source>The recording in '{folder}' has no frame that could be marked.</source>
            <translation>Die Aufnahme in „{folder}“ hat kein Bild, das eine Marke bekommen könnte.</translation>
        </message>
        <message>
            <source>The recording in '{folder}' is closed and takes no more frames.</source>
            <translation>Die Aufnahme in „{folder}“ ist geschlossen und nimmt keine Bilder mehr auf.</translation>
        </message>
        <message>
            <source>The recording stopped because of a fault in the program ({kind}: {error}).</source>
            <translation>Die Aufnahme endete wegen eines Fehlers im Programm ({kind}: {error}).</translation>
        </message>
        <message>
            <source>The recording's folder '{folder}' was moved or renamed.</source>
            <translation>Der Ordner der Aufnahme „{folder}“ wurde verschoben oder umbenannt.</translation>
        </message>
        <message>
            <source>The recording's folder '{folder}' was moved, renamed or deleted.</source>
            <translation>Der Ordner der Aufnahme „{folder}“ wurde verschoben, umbenannt oder gelöscht.</translation>
        </message>
        <message>
            <source>The snapshot cannot be saved: the picture cannot be turned into a PNG file.</source>
            <translation>Das Foto lässt sich nicht speichern: Aus dem Bild wird keine PNG-Datei.</translation>
        </message>
        <message>
            <source>The sound cannot be encoded ({reason}).</source>
            <translation>Der Ton kann nicht kodiert werden ({reason}).</translation>
        </message>
        <message>
            <source>Wait until it is done, or choose another name.</source>
            <translation>Warten, bis es fertig ist, oder einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>What was recorded until then is in '{now}'.</source>
            <translation>Was bis dahin aufgenommen wurde, liegt in „{now}“.</translation>
        </message>
        <message>
            <source>What was written is kept.</source>
            <translation>Was geschrieben wurde, bleibt erhalten.</translation>
        </message>
    </context>
    <context>
        <name>Sound</name>
        <message>
            <source>Microphone level</source>
            <translation>Pegel des Mikrofons</translation>
        </message>
        <message>
            <source>No microphone is connected.</source>
            <translation>Es ist kein Mikrofon angeschlossen.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keines</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>Systemstandard</translation>
        </message>
        <message>
            <source>The default microphone stopped delivering sound.</source>
            <translation>Das Standardmikrofon liefert keinen Ton mehr.</translation>
        </message>
        <message>
            <source>The microphone “{name}” cannot be used ({kind}: {error}).</source>
            <translation>Das Mikrofon „{name}“ kann nicht benutzt werden ({kind}: {error}).</translation>
        </message>
        <message>
            <source>The microphone “{name}” stopped delivering sound.</source>
            <translation>Das Mikrofon „{name}“ liefert keinen Ton mehr.</translation>
        </message>
    </context>
    <context>
        <name>Source</name>
        <message>
            <source>'{name}' answers, but sends no video.</source>
            <translation>„{name}“ antwortet, gibt aber kein Video.</translation>
        </message>
        <message>
            <source>'{name}' cannot be reached.</source>
            <translation>„{name}“ ist nicht erreichbar.</translation>
        </message>
        <message>
            <source>'{name}' contains no moving picture.</source>
            <translation>„{name}“ enthält kein Video.</translation>
        </message>
        <message>
            <source>'{name}' did not answer within {seconds:g} seconds.</source>
            <translation>„{name}“ hat binnen {seconds:g} Sekunden nicht geantwortet.</translation>
        </message>
        <message>
            <source>'{name}' is a HEIC picture, and the package pillow-heif, which reads it, is not installed.</source>
            <translation>'{name}' ist ein HEIC-Bild, und das Paket pillow-heif, das solche Bilder liest, ist nicht installiert.</translation>
        </message>
        <message>
            <source>'{name}' is not a picture or is damaged.</source>
            <translation>„{name}“ ist kein Bild oder beschädigt.</translation>
        </message>
        <message>
            <source>'{name}' is not a video or is damaged.</source>
            <translation>„{name}“ ist kein Video oder beschädigt.</translation>
        </message>
        <message>
            <source>'{name}' is not open.</source>
            <translation>„{name}“ ist nicht geöffnet.</translation>
        </message>
        <message>
            <source>'{name}' needs a valid user name and password.</source>
            <translation>„{name}“ verlangt einen gültigen Benutzernamen und ein Passwort.</translation>
        </message>
        <message>
            <source>'{name}' refused the connection.</source>
            <translation>„{name}“ hat die Verbindung abgelehnt.</translation>
        </message>
        <message>
            <source>'{path}' is not a file.</source>
            <translation>„{path}“ ist keine Datei.</translation>
        </message>
        <message>
            <source>Ask for 64x64 or more.</source>
            <translation>Mindestens 64x64 verlangen.</translation>
        </message>
        <message>
            <source>Camera {number}</source>
            <translation>Kamera {number}</translation>
        </message>
        <message>
            <source>Change its permissions or copy it.</source>
            <translation>Ihre Rechte ändern oder sie kopieren.</translation>
        </message>
        <message>
            <source>Check its cable and plug it in again.</source>
            <translation>Das Kabel prüfen und sie neu anstecken.</translation>
        </message>
        <message>
            <source>Check its cable, its cover and its privacy switch.</source>
            <translation>Bitte Kabel, Abdeckung und Sichtschutzschalter prüfen.</translation>
        </message>
        <message>
            <source>Check that the sender is still running.</source>
            <translation>Prüfen, ob der Sender noch läuft.</translation>
        </message>
        <message>
            <source>Check the address and that the device is on.</source>
            <translation>Prüfen, ob die Adresse stimmt und das Gerät an ist.</translation>
        </message>
        <message>
            <source>Check the address and the network.</source>
            <translation>Adresse und Netzwerk prüfen.</translation>
        </message>
        <message>
            <source>Check the address's path.</source>
            <translation>Den Pfad der Adresse prüfen.</translation>
        </message>
        <message>
            <source>Check the address, and whether it is still valid.</source>
            <translation>Prüfen Sie die Adresse und ob sie noch gültig ist.</translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>Namen und Ordner prüfen.</translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation>Den Namen prüfen.</translation>
        </message>
        <message>
            <source>Check the network and the sender.</source>
            <translation>Netzwerk und Sender prüfen.</translation>
        </message>
        <message>
            <source>Check the port, and that the sender is running.</source>
            <translation>Prüfen, ob der Port stimmt und der Sender läuft.</translation>
        </message>
        <message>
            <source>Choose a video file.</source>
            <translation>Eine Videodatei wählen.</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Eine andere Datei wählen.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Choose another picture.</source>
            <translation>Ein anderes Bild wählen.</translation>
        </message>
        <message>
            <source>Choose another track; realtime-fer probe lists them.</source>
            <translation>Wählen Sie eine andere Spur; realtime-fer probe listet sie auf.</translation>
        </message>
        <message>
            <source>Close other programs that may be using it, or unplug it and plug it in again.</source>
            <translation>Andere Programme schließen, die sie vielleicht benutzen, oder sie ab- und wieder anstecken.</translation>
        </message>
        <message>
            <source>Close other programs that may be using it.</source>
            <translation>Andere Programme schließen, die sie vielleicht benutzen.</translation>
        </message>
        <message>
            <source>Connect it and close other programs that may be using it.</source>
            <translation>Anschließen und andere Programme schließen, die sie vielleicht benutzen.</translation>
        </message>
        <message>
            <source>Connect it, close other programs that use it, and allow desktop apps under Settings &gt; Privacy &gt; Camera.</source>
            <translation>Anschließen, andere Programme schließen, die sie benutzen, und Desktop-Apps unter Einstellungen &gt; Datenschutz &gt; Kamera erlauben.</translation>
        </message>
        <message>
            <source>Connect it, close other programs that use it, and allow this program under System Settings &gt; Privacy &amp; Security &gt; Camera.</source>
            <translation>Anschließen, andere Programme schließen, die sie benutzen, und dieses Programm unter Systemeinstellungen &gt; Datenschutz &amp; Sicherheit &gt; Kamera erlauben.</translation>
        </message>
        <message>
            <source>Connect one, or choose another source: a video, or the demo.</source>
            <translation>Eine anschließen oder eine andere Quelle wählen: ein Video oder die Demo.</translation>
        </message>
        <message>
            <source>Give a file, a folder of pictures, a camera's number, an rtsp:// or http:// address, or 'demo'.</source>
            <translation>Möglich sind eine Datei, ein Ordner mit Bildern, die Nummer einer Kamera, eine Adresse mit rtsp:// oder http:// oder „demo“.</translation>
        </message>
        <message>
            <source>Install it, or save the picture as JPEG.</source>
            <translation>Installieren Sie es, oder speichern Sie das Bild als JPEG.</translation>
        </message>
        <message>
            <source>Install the program again.</source>
            <translation>Das Programm neu installieren.</translation>
        </message>
        <message>
            <source>It is a recording: press V to review it, or open the video in it.</source>
            <translation>Es ist eine Aufnahme: Mit V sehen Sie sie durch, oder öffnen Sie das Video darin.</translation>
        </message>
        <message>
            <source>Make it smaller.</source>
            <translation>Bitte verkleinern.</translation>
        </message>
        <message>
            <source>Make the video smaller.</source>
            <translation>Das Video verkleinern.</translation>
        </message>
        <message>
            <source>No camera was found, so the demo is playing. Connect a camera and choose it under Source.</source>
            <translation>Keine Kamera gefunden, daher läuft die Demo. Eine Kamera anschließen und unter „Quelle“ wählen.</translation>
        </message>
        <message>
            <source>No loudspeaker can be opened ({reason}).</source>
            <translation>Es lässt sich kein Lautsprecher öffnen ({reason}).</translation>
        </message>
        <message>
            <source>No microphone is connected.</source>
            <translation>Es ist kein Mikrofon angeschlossen.</translation>
        </message>
        <message>
            <source>None of the {count} pictures in '{name}' can be read.</source>
            <translation>Keines der {count} Bilder in „{name}“ lässt sich lesen.</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu this installs it: sudo apt install libportaudio2</source>
            <translation>Unter Debian und Ubuntu installiert sie: sudo apt install libportaudio2</translation>
        </message>
        <message>
            <source>Open it in a video player to see whether it plays there, or choose another file.</source>
            <translation>In einem Videoplayer prüfen, ob es dort läuft, oder eine andere Datei wählen.</translation>
        </message>
        <message>
            <source>Open it in a web browser to see whether it plays there, or choose another file.</source>
            <translation>Öffnen Sie es in einem Webbrowser, um zu sehen, ob es dort läuft, oder wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>Pictures are JPEG, HEIC, PNG, WebP, AVIF, JPEG 2000, BMP and TIFF files.</source>
            <translation>Bilder sind JPEG-, HEIC-, PNG-, WebP-, AVIF-, JPEG-2000-, BMP- und TIFF-Dateien.</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>Bitte neu anstecken.</translation>
        </message>
        <message>
            <source>Reading the source failed ({kind}).</source>
            <translation>Das Lesen der Quelle ist gescheitert ({kind}).</translation>
        </message>
        <message>
            <source>Run 'sudo usermod -aG video $USER' and log in again.</source>
            <translation>„sudo usermod -aG video $USER“ ausführen und neu anmelden.</translation>
        </message>
        <message>
            <source>Run: pip install sounddevice</source>
            <translation>Abhilfe: pip install sounddevice</translation>
        </message>
        <message>
            <source>Save the video and open the file.</source>
            <translation>Speichern Sie das Video, und öffnen Sie die Datei.</translation>
        </message>
        <message>
            <source>The camera '{name}' cannot be opened.</source>
            <translation>Die Kamera „{name}“ lässt sich nicht öffnen.</translation>
        </message>
        <message>
            <source>The camera '{name}' delivers no picture.</source>
            <translation>Die Kamera „{name}“ gibt kein Bild.</translation>
        </message>
        <message>
            <source>The camera '{name}' is not open.</source>
            <translation>Die Kamera „{name}“ ist nicht geöffnet.</translation>
        </message>
        <message>
            <source>The camera '{name}' stopped delivering pictures.</source>
            <translation>Die Kamera „{name}“ liefert keine Bilder mehr.</translation>
        </message>
        <message>
            <source>The camera shows the same picture again and again: is its cover or its privacy switch closed?</source>
            <translation>Die Kamera zeigt immer wieder dasselbe Bild: Ist ihre Abdeckung oder ihr Sichtschutz geschlossen?</translation>
        </message>
        <message>
            <source>The default microphone cannot be opened ({reason}).</source>
            <translation>Das Standardmikrofon lässt sich nicht öffnen ({reason}).</translation>
        </message>
        <message>
            <source>The demo cannot be {width}x{height} pixels.</source>
            <translation>Die Demo kann nicht {width}x{height} Pixel groß sein.</translation>
        </message>
        <message>
            <source>The demo is not open.</source>
            <translation>Die Demo ist nicht geöffnet.</translation>
        </message>
        <message>
            <source>The demo's picture is missing from this installation.</source>
            <translation>Das Bild der Demo fehlt in dieser Installation.</translation>
        </message>
        <message>
            <source>The file '{name}' is empty.</source>
            <translation>Die Datei „{name}“ ist leer.</translation>
        </message>
        <message>
            <source>The first: {first}</source>
            <translation>Das erste: {first}</translation>
        </message>
        <message>
            <source>The folder '{name}' cannot be read: {reason}.</source>
            <translation>Der Ordner „{name}“ lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>The frames are {width}x{height} pixels large; at most {most} million, and {side} a side, can be read.</source>
            <translation>Die Bilder sind {width}x{height} Pixel groß; gelesen werden höchstens {most} Millionen und {side} je Seite.</translation>
        </message>
        <message>
            <source>The microphone “{name}” cannot be opened ({reason}).</source>
            <translation>Das Mikrofon „{name}“ lässt sich nicht öffnen ({reason}).</translation>
        </message>
        <message>
            <source>The microphone “{name}” is not connected.</source>
            <translation>Das Mikrofon „{name}“ ist nicht angeschlossen.</translation>
        </message>
        <message>
            <source>The package 'sounddevice' is missing, so no sound can be recorded.</source>
            <translation>Das Paket „sounddevice“ fehlt, daher kann kein Ton aufgenommen werden.</translation>
        </message>
        <message>
            <source>The picture '{name}' cannot be read: {reason}.</source>
            <translation>Das Bild „{name}“ lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>The picture '{name}' has {width}x{height} pixels; at most {most} million, and {side} a side, can be read.</source>
            <translation>Das Bild „{name}“ hat {width}x{height} Pixel; gelesen werden höchstens {most} Millionen und {side} je Seite.</translation>
        </message>
        <message>
            <source>The picture '{name}' is empty.</source>
            <translation>Das Bild „{name}“ ist leer.</translation>
        </message>
        <message>
            <source>The picture is black: is the lens covered?</source>
            <translation>Das Bild ist schwarz: Ist das Objektiv verdeckt?</translation>
        </message>
        <message>
            <source>The pictures '{name}' are not open.</source>
            <translation>Die Bilder „{name}“ sind nicht geöffnet.</translation>
        </message>
        <message>
            <source>The server of '{name}' can send the video only from the start, but its index is at the end.</source>
            <translation>Der Server von „{name}“ sendet das Video nur von Anfang an, aber dessen Verzeichnis steht am Ende.</translation>
        </message>
        <message>
            <source>The server of '{name}' refuses the request.</source>
            <translation>Der Server von „{name}“ lehnt die Anfrage ab.</translation>
        </message>
        <message>
            <source>The server of '{name}' reports an error of its own.</source>
            <translation>Der Server von „{name}“ meldet einen eigenen Fehler.</translation>
        </message>
        <message>
            <source>The server of '{name}' takes no more requests for now.</source>
            <translation>Der Server von „{name}“ nimmt zurzeit keine weiteren Anfragen an.</translation>
        </message>
        <message>
            <source>The sound devices cannot be listed ({reason}).</source>
            <translation>Die Tongeräte lassen sich nicht auflisten ({reason}).</translation>
        </message>
        <message>
            <source>The sound library PortAudio is missing, so no sound can be recorded.</source>
            <translation>Die Tonbibliothek PortAudio fehlt, daher kann kein Ton aufgenommen werden.</translation>
        </message>
        <message>
            <source>The source</source>
            <translation>Die Quelle</translation>
        </message>
        <message>
            <source>The stream '{name}' ended.</source>
            <translation>Der Stream „{name}“ ist zu Ende.</translation>
        </message>
        <message>
            <source>The stream '{name}' sent no picture for {seconds:g} seconds.</source>
            <translation>Der Stream „{name}“ gab {seconds:g} Sekunden lang kein Bild.</translation>
        </message>
        <message>
            <source>The stream '{name}' was interrupted.</source>
            <translation>Der Stream „{name}“ ist abgebrochen.</translation>
        </message>
        <message>
            <source>The video '{name}' is damaged and ended after {frames} frames.</source>
            <translation>Das Video „{name}“ ist beschädigt und brach nach {frames} Bildern ab.</translation>
        </message>
        <message>
            <source>The video '{name}' is not open.</source>
            <translation>Das Video „{name}“ ist nicht geöffnet.</translation>
        </message>
        <message>
            <source>The video cannot be read any further: {error}.</source>
            <translation>Das Video lässt sich nicht weiterlesen: {error}.</translation>
        </message>
        <message>
            <source>There are no pictures in the folder '{name}'.</source>
            <translation>Im Ordner „{name}“ sind keine Bilder.</translation>
        </message>
        <message>
            <source>There are videos in it: open one of them, or analyse all of them with Analyse….</source>
            <translation>Darin sind Videos: Öffnen Sie eines davon, oder werten Sie alle mit „Auswerten…“ aus.</translation>
        </message>
        <message>
            <source>There is no camera '{name}'.</source>
            <translation>Es gibt keine Kamera „{name}“.</translation>
        </message>
        <message>
            <source>There is no file '{path}'.</source>
            <translation>Es gibt keine Datei „{path}“.</translation>
        </message>
        <message>
            <source>There is no file, camera or address '{word}'.</source>
            <translation>Es gibt keine Datei, Kamera oder Adresse „{word}“.</translation>
        </message>
        <message>
            <source>There is no folder '{path}'.</source>
            <translation>Es gibt keinen Ordner „{path}“.</translation>
        </message>
        <message>
            <source>There is no video and no picture in '{name}'.</source>
            <translation>In „{name}“ ist kein Video und kein Bild.</translation>
        </message>
        <message>
            <source>There is no video track {track}: the file has {count}.</source>
            <translation>Es gibt keine Videospur {track}: die Datei hat {count}.</translation>
        </message>
        <message>
            <source>There is nothing at '{name}'.</source>
            <translation>Bei „{name}“ ist nichts.</translation>
        </message>
        <message>
            <source>This account may not use the camera '{name}'.</source>
            <translation>Dieses Benutzerkonto darf die Kamera „{name}“ nicht benutzen.</translation>
        </message>
        <message>
            <source>Try again later, or look at the server.</source>
            <translation>Versuchen Sie es später noch einmal, oder sehen Sie auf dem Server nach.</translation>
        </message>
        <message>
            <source>Unplug it and plug it in again.</source>
            <translation>Bitte abziehen und wieder anstecken.</translation>
        </message>
        <message>
            <source>Until then the demo is playing.</source>
            <translation>Bis dahin läuft die Demo.</translation>
        </message>
        <message>
            <source>Wait a while, and close other programs that read from it.</source>
            <translation>Warten Sie eine Weile, und schließen Sie andere Programme, die von ihm lesen.</translation>
        </message>
        <message>
            <source>Write them into the address: {scheme}://user:password@host/path.</source>
            <translation>In die Adresse schreiben: {scheme}://name:passwort@host/pfad.</translation>
        </message>
        <message>
            <source>You may not read the file '{name}'.</source>
            <translation>Die Datei „{name}“ darf nicht gelesen werden.</translation>
        </message>
        <message>
            <source>{name} delivers data that is not a picture.</source>
            <translation>{name} liefert etwas, das kein Bild ist.</translation>
        </message>
        <message>
            <source>{name} delivers no new picture. The program is waiting for one.</source>
            <translation>{name} liefert kein neues Bild. Es wird darauf gewartet.</translation>
        </message>
        <message>
            <source>{name} no longer answers.</source>
            <translation>{name} antwortet nicht mehr.</translation>
        </message>
        <message>
            <source>{name} repeats the same picture.</source>
            <translation>{name} wiederholt dasselbe Bild.</translation>
        </message>
        <message>
            <source>{name} still does not answer.</source>
            <translation>{name} antwortet noch immer nicht.</translation>
        </message>
    </context>
    <context>
        <name>SourceBox</name>
        <message>
            <source>Demo (no camera needed)</source>
            <translation>Demo (ohne Kamera)</translation>
        </message>
        <message>
            <source>No camera found</source>
            <translation>Keine Kamera gefunden</translation>
        </message>
        <message>
            <source>Open folder…</source>
            <translation>Ordner öffnen…</translation>
        </message>
        <message>
            <source>Open network stream…</source>
            <translation>Netzwerkstream öffnen…</translation>
        </message>
        <message>
            <source>Open video or picture…</source>
            <translation>Video oder Bild öffnen…</translation>
        </message>
        <message>
            <source>Refresh the camera list</source>
            <translation>Kameraliste aktualisieren</translation>
        </message>
        <message>
            <source>Searching for cameras…</source>
            <translation>Kameras werden gesucht…</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>The camera, video or other source to analyse</source>
            <translation>Kamera, Video oder andere Quelle, die ausgewertet wird</translation>
        </message>
    </context>
    <context>
        <name>SourceControl</name>
        <message>
            <source>Opening…</source>
            <translation>Wird geöffnet…</translation>
        </message>
        <message>
            <source>Retrying…</source>
            <translation>Erneuter Versuch…</translation>
        </message>
        <message>
            <source>Waiting for the first frame.</source>
            <translation>Warten auf das erste Bild.</translation>
        </message>
    </context>
    <context>
        <name>SourceDisplay</name>
        <message>
            <source>All pictures have been shown</source>
            <translation>Alle Bilder wurden gezeigt</translation>
        </message>
        <message>
            <source>Choose another source, or press Space to retry.</source>
            <translation>Eine andere Quelle wählen oder mit der Leertaste erneut versuchen.</translation>
        </message>
        <message>
            <source>No picture</source>
            <translation>Kein Bild</translation>
        </message>
        <message>
            <source>Opening {name}…</source>
            <translation>{name} wird geöffnet…</translation>
        </message>
        <message>
            <source>Press Space to play it again.</source>
            <translation>Die Leertaste spielt es noch einmal ab.</translation>
        </message>
        <message>
            <source>Press Space to show them again.</source>
            <translation>Die Leertaste zeigt sie noch einmal.</translation>
        </message>
        <message>
            <source>Retrying automatically every few seconds.</source>
            <translation>Alle paar Sekunden wird es automatisch erneut versucht.</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Es geht los…</translation>
        </message>
        <message>
            <source>The video has ended</source>
            <translation>Das Video ist zu Ende</translation>
        </message>
        <message>
            <source>Waiting for the first frame.</source>
            <translation>Das erste Bild wird erwartet.</translation>
        </message>
        <message>
            <source>{name}: no picture</source>
            <translation>{name}: kein Bild</translation>
        </message>
    </context>
    <context>
        <name>SpansList</name>
        <message>
            <source>Excluded spans</source>
            <translation>Ausgeschlossene Abschnitte</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Times that are left out of report and exports.</source>
            <translation>Zeiten, die in Bericht und Exporten fehlen.</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Bis</translation>
        </message>
    </context>
    <context>
        <name>SpokenDescription</name>
        <message>
            <source>No face.</source>
            <translation>Kein Gesicht.</translation>
        </message>
        <message>
            <source>One face.</source>
            <translation>Ein Gesicht.</translation>
        </message>
        <message>
            <source>{count} faces.</source>
            <translation>{count} Gesichter.</translation>
        </message>
        <message>
            <source>{name}: no model yet.</source>
            <translation>{name}: noch kein Modell.</translation>
        </message>
        <message>
            <source>{name}: uncertain, {reason}.</source>
            <translation>{name}: unsicher, {reason}.</translation>
        </message>
        <message>
            <source>{name}: {expression}, {percent} %.</source>
            <translation>{name}: {expression}, {percent} %.</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source> · {unrecorded} dropped</source>
            <translation> · {unrecorded} ausgelassen</translation>
        </message>
        <message>
            <source>30.0 fps</source>
            <translation>30,0 fps</translation>
        </message>
        <message>
            <source>Capture 33.3 · Detect 13.3 · Classify 13.3 · Draw 13.3 ms</source>
            <translation>Erfassen 33,3 · Erkennen 13,3 · Klassifizieren 13,3 · Zeichnen 13,3 ms</translation>
        </message>
        <message>
            <source>Capture {capture} · Detect {detect} · Classify {classify} · Draw {draw} ms</source>
            <translation>Erfassen {capture} · Erkennen {detect} · Klassifizieren {classify} · Zeichnen {draw} ms</translation>
        </message>
        <message>
            <source>Dropped 1000</source>
            <translation>Ausgelassen 1000</translation>
        </message>
        <message>
            <source>Dropped {dropped}</source>
            <translation>Ausgelassen {dropped}</translation>
        </message>
        <message>
            <source>Faces 10</source>
            <translation>Gesichter 10</translation>
        </message>
        <message>
            <source>Faces in the current frame</source>
            <translation>Gesichter im aktuellen Bild</translation>
        </message>
        <message>
            <source>Faces {faces}</source>
            <translation>Gesichter {faces}</translation>
        </message>
        <message>
            <source>Frames displayed per second</source>
            <translation>Angezeigte Bilder pro Sekunde</translation>
        </message>
        <message>
            <source>Frames skipped because this computer could not analyse them fast enough; this keeps the view live</source>
            <translation>Bilder, die dieser Rechner nicht schnell genug auswerten konnte; sie werden ausgelassen, damit die Ansicht live bleibt</translation>
        </message>
        <message>
            <source>From capture to screen, 95th percentile</source>
            <translation>Von der Erfassung bis zum Bildschirm, 95. Perzentil</translation>
        </message>
        <message>
            <source>Latency 133 ms</source>
            <translation>Latenz 133 ms</translation>
        </message>
        <message>
            <source>Latency {latency_p95_ms:.0f} ms</source>
            <translation>Latenz {latency_p95_ms:.0f} ms</translation>
        </message>
        <message>
            <source>Latency –</source>
            <translation>Latenz –</translation>
        </message>
        <message>
            <source>Milliseconds per stage: reading a frame, finding the faces, classifying the expressions, painting (median of the last seconds)</source>
            <translation>Millisekunden je Schritt: ein Bild lesen, Gesichter finden, Ausdrücke klassifizieren, zeichnen (Median der letzten Sekunden)</translation>
        </message>
        <message>
            <source>No picture</source>
            <translation>Kein Bild</translation>
        </message>
        <message>
            <source>Resolution of the source, in pixels</source>
            <translation>Auflösung der Quelle in Pixeln</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>● Recording {time}{lost}</source>
            <translation>● Aufnahme {time}{lost}</translation>
        </message>
    </context>
    <context>
        <name>Stream</name>
        <message>
            <source>'{text}' is not an address for OSC.</source>
            <translation>'{text}' ist keine Adresse für OSC.</translation>
        </message>
        <message>
            <source>Close the program and start it again.</source>
            <translation>Schließen Sie das Programm und starten Sie es neu.</translation>
        </message>
        <message>
            <source>Give host and port, such as 127.0.0.1:9000.</source>
            <translation>Nennen Sie Rechner und Port, etwa 127.0.0.1:9000.</translation>
        </message>
        <message>
            <source>LSL cannot open its streams: {reason}.</source>
            <translation>LSL kann seine Ströme nicht öffnen: {reason}.</translation>
        </message>
        <message>
            <source>LSL cannot switch between this computer and the network while the program runs; it stays off until you restart the program.</source>
            <translation>LSL kann nicht zwischen diesem Rechner und dem Netzwerk wechseln, solange das Programm läuft; es bleibt aus, bis Sie das Programm neu starten.</translation>
        </message>
        <message>
            <source>No OSC can be sent to {target}: {reason}.</source>
            <translation>An {target} kann kein OSC gesendet werden: {reason}.</translation>
        </message>
        <message>
            <source>Run: pip install 'realtime-fer[lsl]'</source>
            <translation>Ausführen: pip install 'realtime-fer[lsl]'</translation>
        </message>
        <message>
            <source>Run: pip install --force-reinstall pylsl</source>
            <translation>Ausführen: pip install --force-reinstall pylsl</translation>
        </message>
        <message>
            <source>The library liblsl cannot be loaded, so there is no LSL.</source>
            <translation>Die Bibliothek liblsl lässt sich nicht laden, deshalb gibt es kein LSL.</translation>
        </message>
        <message>
            <source>The live server ended because of a fault ({error}).</source>
            <translation>Der Live-Server endete wegen eines Fehlers ({error}).</translation>
        </message>
        <message>
            <source>The package aiohttp is missing, so nothing is served.</source>
            <translation>Das Paket aiohttp fehlt, daher werden keine Zahlen gegeben.</translation>
        </message>
        <message>
            <source>The package pylsl is missing, so there is no LSL.</source>
            <translation>Das Paket pylsl fehlt, deshalb gibt es kein LSL.</translation>
        </message>
        <message>
            <source>The package python-osc is missing, so no OSC is sent.</source>
            <translation>Das Paket python-osc fehlt, daher wird kein OSC gesendet.</translation>
        </message>
        <message>
            <source>The ports {first} to {last} are taken. Choose another port.</source>
            <translation>Die Ports {first} bis {last} sind belegt. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>This version of liblsl cannot be limited to this computer.</source>
            <translation>Diese Version von liblsl lässt sich nicht auf diesen Rechner beschränken.</translation>
        </message>
        <message>
            <source>Version 1.17.7 or later can.</source>
            <translation>Ab Version 1.17.7 geht das.</translation>
        </message>
    </context>
    <context>
        <name>SwitchesRow</name>
        <message>
            <source>&amp;Over the video</source>
            <translation>&amp;Über dem Video</translation>
        </message>
        <message>
            <source>Cover faces</source>
            <translation>Gesichter verdecken</translation>
        </message>
        <message>
            <source>Over the video</source>
            <translation>Über dem Video</translation>
        </message>
        <message>
            <source>Second model</source>
            <translation>Zweites Modell</translation>
        </message>
    </context>
    <context>
        <name>System</name>
        <message>
            <source>Device or resource busy</source>
            <translation>Das Gerät ist belegt</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>Der Dateiname ist zu lang</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>Ein-/Ausgabefehler</translation>
        </message>
        <message>
            <source>Invalid argument</source>
            <translation>Ungültige Angabe</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>Es ist ein Ordner</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>Der Datenträger ist voll</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>Die Datei gibt es nicht</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>Es ist kein Ordner</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>Der Vorgang ist nicht erlaubt</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>Die Berechtigung fehlt</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>Der Datenträger ist schreibgeschützt</translation>
        </message>
        <message>
            <source>Too many open files</source>
            <translation>Zu viele Dateien sind geöffnet</translation>
        </message>
    </context>
    <context>
        <name>TeachControl</name>
        <message>
            <source>'{name}' is deleted.</source>
            <translation>„{name}“ ist gelöscht.</translation>
        </message>
        <message>
            <source>'{name}' is learned: it was found in {share} of the frames left out of learning.</source>
            <translation>„{name}“ ist gelernt: In {share} der Bilder, die beim Lernen ausgelassen wurden, wurde es erkannt.</translation>
        </message>
        <message>
            <source>'{old}' is called '{new}' now.</source>
            <translation>„{old}“ heißt jetzt „{new}“.</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>Export own expressions</source>
            <translation>Eigene Ausdrücke exportieren</translation>
        </message>
        <message>
            <source>Get ready: '{name}' in {seconds} s</source>
            <translation>Bereit machen: „{name}“ in {seconds} s</translation>
        </message>
        <message>
            <source>Get ready: your neutral face in {seconds} s</source>
            <translation>Bereit machen: Ihr neutrales Gesicht in {seconds} s</translation>
        </message>
        <message>
            <source>Hold '{name}'; turn your head and talk a little: {seconds} s</source>
            <translation>„{name}“ halten, den Kopf ein wenig drehen, ein wenig sprechen: {seconds} s</translation>
        </message>
        <message>
            <source>Import own expressions</source>
            <translation>Eigene Ausdrücke importieren</translation>
        </message>
        <message>
            <source>Keep a relaxed face; turn your head and talk a little: {seconds} s</source>
            <translation>Das Gesicht entspannen, den Kopf ein wenig drehen, ein wenig sprechen: {seconds} s</translation>
        </message>
        <message>
            <source>Own expressions</source>
            <translation>Eigene Ausdrücke</translation>
        </message>
        <message>
            <source>The last change is undone.</source>
            <translation>Die letzte Änderung ist rückgängig gemacht.</translation>
        </message>
        <message>
            <source>Your neutral face has been learned.</source>
            <translation>Ihr neutrales Gesicht ist aufgenommen.</translation>
        </message>
        <message>
            <source>Your own expressions have been replaced by those of the file; Undo brings them back.</source>
            <translation>Ihre eigenen Ausdrücke sind durch die der Datei ersetzt; Rückgängig holt sie zurück.</translation>
        </message>
        <message>
            <source>Your own expressions have been saved in {path}.</source>
            <translation>Ihre eigenen Ausdrücke sind in {path} gespeichert.</translation>
        </message>
        <message>
            <source>{share} of {frames} frames were recognised correctly, each with the second around it left out of learning. All were taken within a few minutes, so expect less on another day or in another light.</source>
            <translation>{share} von {frames} Bildern wurden richtig erkannt, wobei jeweils die Sekunde um das Bild herum nicht mitgelernt wurde. Alle entstanden in wenigen Minuten; an einem anderen Tag oder bei anderem Licht ist weniger zu erwarten.</translation>
        </message>
    </context>
    <context>
        <name>TeachDialog</name>
        <message>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>E&amp;xportieren …</translation>
        </message>
        <message>
            <source>&amp;Import…</source>
            <translation>&amp;Importieren …</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>&amp;Umbenennen</translation>
        </message>
        <message>
            <source>&amp;Show them beside each face</source>
            <translation>Neben jedem Gesicht an&amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Teach</source>
            <translation>&amp;Beibringen</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Whose face</source>
            <translation>&amp;Wessen Gesicht</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Erkannt</translation>
        </message>
        <message>
            <source>How many of the frames left out of learning are recognised correctly</source>
            <translation>Wie viele der Bilder, die beim Lernen ausgelassen wurden, richtig erkannt werden</translation>
        </message>
        <message>
            <source>How much the face in view looks like it now</source>
            <translation>Wie sehr ihm das Gesicht im Bild gerade ähnelt</translation>
        </message>
        <message>
            <source>Learned from one face; for others it is a guess. Kept on this computer as numbers, without a picture.</source>
            <translation>Von einem Gesicht gelernt; bei anderen ist es geraten. Es bleibt in Zahlen auf diesem Computer, ohne Bild.</translation>
        </message>
        <message>
            <source>Name an expression, press Teach, and hold it for five seconds while you turn your head and talk a little. The first time, the program asks for your neutral face before that.</source>
            <translation>Benennen Sie einen Ausdruck, drücken Sie Beibringen und halten Sie ihn fünf Sekunden lang, während Sie den Kopf ein wenig drehen und ein wenig sprechen. Beim ersten Mal wird vorher Ihr neutrales Gesicht aufgenommen.</translation>
        </message>
        <message>
            <source>Neutral face</source>
            <translation>Neutrales Gesicht</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <source>Own expressions</source>
            <translation>Eigene Ausdrücke</translation>
        </message>
        <message>
            <source>Take &amp;again</source>
            <translation>Noch &amp;einmal</translation>
        </message>
        <message>
            <source>Teach own expressions</source>
            <translation>Eigene Ausdrücke beibringen</translation>
        </message>
        <message>
            <source>The only face in view</source>
            <translation>Das einzige Gesicht im Bild</translation>
        </message>
        <message>
            <source>Whose face</source>
            <translation>Wessen Gesicht</translation>
        </message>
        <message>
            <source>such as Skeptical</source>
            <translation>etwa Skeptisch</translation>
        </message>
    </context>
    <context>
        <name>ThumbnailDialog</name>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Pictures of the folder</source>
            <translation>Bilder des Ordners</translation>
        </message>
        <message>
            <source>This picture cannot be read.</source>
            <translation>Dieses Bild ist nicht lesbar.</translation>
        </message>
        <message>
            <source>{count} pictures</source>
            <translation>{count} Bilder</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>&amp;None</source>
            <translation>&amp;Keine</translation>
        </message>
        <message>
            <source>Coarse, and only if “Estimate gaze direction” is on in the settings.</source>
            <translation>Grob, und nur wenn „Blickrichtung abschätzen“ in den Einstellungen an ist.</translation>
        </message>
        <message>
            <source>Drop {person} onto another person to merge them</source>
            <translation>{person} auf eine andere Person ziehen, um beide zusammenzuführen</translation>
        </message>
        <message>
            <source>Merge {person} with {other}</source>
            <translation>{person} mit {other} zusammenführen</translation>
        </message>
        <message>
            <source>Rows below each person’s expressions: what eyes, brows, nose and mouth do, and where the head is turned. Up to four faces that are followed by their points have them; a row is empty where nothing is known.</source>
            <translation>Zeilen unter den Ausdrücken jeder Person: was Augen, Brauen, Nase und Mund tun, und wohin der Kopf gewandt ist. Bis zu vier Gesichter, die an ihren Punkten verfolgt werden, haben sie; wo nichts bekannt ist, ist die Zeile leer.</translation>
        </message>
        <message>
            <source>Rows…</source>
            <translation>Zeilen…</translation>
        </message>
        <message>
            <source>Timeline of the last minute</source>
            <translation>Verlauf der letzten Minute</translation>
        </message>
        <message>
            <source>not analysed</source>
            <translation>nicht ausgewertet</translation>
        </message>
        <message>
            <source>not in view</source>
            <translation>nicht im Bild</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>uncertain</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <source>{person}: click for the menu; drag onto another strip to merge the two</source>
            <translation>{person}: Klick öffnet das Menü; auf einen anderen Streifen ziehen führt beide zusammen</translation>
        </message>
        <message>
            <source>{seconds:.0f} s ago</source>
            <translation>vor {seconds:.0f} s</translation>
        </message>
    </context>
    <context>
        <name>TimelineDock</name>
        <message>
            <source>1 sample/s</source>
            <translation>1 Wert/s</translation>
        </message>
        <message>
            <source>A click on a strip opens the person’s menu; a strip dragged onto another merges the two.</source>
            <translation>Ein Klick auf einen Streifen öffnet das Menü der Person; ein auf einen anderen gezogener Streifen führt beide zusammen.</translation>
        </message>
        <message>
            <source>Each column is a tenth of a second: the smoothed probabilities of the last frame displayed in it, stacked with neutral at the bottom; stripes where no expression is named. A thin line on top is the second model’s expression. The timeline stops while the picture does. If more people were seen than fit, make it taller or choose one person.</source>
            <translation>Jede Spalte ist eine Zehntelsekunde: die geglätteten Wahrscheinlichkeiten des letzten darin angezeigten Bildes, gestapelt mit Neutral unten; Streifen, wo kein Ausdruck genannt wird. Eine schmale Linie oben ist der Ausdruck des zweiten Modells. Der Zeitverlauf steht still, solange das Bild es tut. Waren mehr Personen zu sehen, als Platz haben, ihn höher ziehen oder eine Person wählen.</translation>
        </message>
        <message>
            <source>Everyone</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>No expressions in the last minute.</source>
            <translation>Keine Ausdrücke in der letzten Minute.</translation>
        </message>
        <message>
            <source>Person #{number}</source>
            <translation>Person #{number}</translation>
        </message>
        <message>
            <source>Person shown</source>
            <translation>Gezeigte Person</translation>
        </message>
        <message>
            <source>Show everyone, or one person enlarged</source>
            <translation>Alle zeigen oder eine Person vergrößert</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitverlauf</translation>
        </message>
        <message>
            <source>line on top: {model}</source>
            <translation>Linie oben: {model}</translation>
        </message>
        <message>
            <source>{count} not shown</source>
            <translation>{count} nicht gezeigt</translation>
        </message>
        <message>
            <source>{rate} samples/s</source>
            <translation>{rate} Werte/s</translation>
        </message>
    </context>
    <context>
        <name>TransportBar</name>
        <message>
            <source>&amp;Speed</source>
            <translation>&amp;Geschwindigkeit</translation>
        </message>
        <message>
            <source>More controls</source>
            <translation>Weitere Bedienelemente</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Playback</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <source>Playback speed ({keys})</source>
            <translation>Wiedergabegeschwindigkeit ({keys})</translation>
        </message>
        <message>
            <source>Position</source>
            <translation>Position</translation>
        </message>
        <message>
            <source>Speed: {factor}</source>
            <translation>Geschwindigkeit: {factor}</translation>
        </message>
    </context>
    <context>
        <name>Trigger</name>
        <message>
            <source>'{path}' cannot be read: {reason}.</source>
            <translation>„{path}“ kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>'{path}' is not a JSON file of 1 to {most} triggers.</source>
            <translation>„{path}“ ist keine JSON-Datei mit 1 bis {most} Auslösern.</translation>
        </message>
        <message>
            <source>'{text}' answers with status {status}.</source>
            <translation>„{text}“ antwortet mit Status {status}.</translation>
        </message>
        <message>
            <source>'{text}' cannot be run: {reason}.</source>
            <translation>„{text}“ kann nicht ausgeführt werden: {reason}.</translation>
        </message>
        <message>
            <source>'{text}' does not answer: {reason}.</source>
            <translation>„{text}“ antwortet nicht: {reason}.</translation>
        </message>
        <message>
            <source>'{text}' ended with {code}.</source>
            <translation>„{text}“ endete mit {code}.</translation>
        </message>
        <message>
            <source>'{text}' is not an HTTP address of this computer.</source>
            <translation>„{text}“ ist keine HTTP-Adresse dieses Rechners.</translation>
        </message>
        <message>
            <source>'{text}' is not an OSC message.</source>
            <translation>„{text}“ ist keine OSC-Nachricht.</translation>
        </message>
        <message>
            <source>'{text}' was ended, since it took longer than {seconds:g} s.</source>
            <translation>„{text}“ wurde beendet, weil der Befehl länger als {seconds:g} s lief.</translation>
        </message>
        <message>
            <source>'{text}' was not run: {count} commands run already.</source>
            <translation>„{text}“ wurde nicht ausgeführt: Es laufen schon {count} Befehle.</translation>
        </message>
        <message>
            <source>'{word}' is not an expression.</source>
            <translation>„{word}“ ist kein Ausdruck.</translation>
        </message>
        <message>
            <source>A command begins with the name of a program.</source>
            <translation>Ein Befehl beginnt mit dem Namen eines Programms.</translation>
        </message>
        <message>
            <source>A sound must be one of {known}.</source>
            <translation>Ein Ton ist einer von {known}.</translation>
        </message>
        <message>
            <source>A trigger can do each thing only once, and cannot both start and stop a recording.</source>
            <translation>Ein Auslöser tut alles nur einmal und startet und beendet eine Aufnahme nicht zugleich.</translation>
        </message>
        <message>
            <source>A trigger must be an object with 'expression' and a list of 'actions'.</source>
            <translation>Ein Auslöser ist ein Objekt mit „expression“ und einer Liste „actions“.</translation>
        </message>
        <message>
            <source>A trigger needs at least one action.</source>
            <translation>Ein Auslöser braucht mindestens eine Aktion.</translation>
        </message>
        <message>
            <source>A trigger's '{name}' is of the wrong kind.</source>
            <translation>„{name}“ eines Auslösers ist von der falschen Art.</translation>
        </message>
        <message>
            <source>A trigger's '{name}' must be {low:g} to {high:g}.</source>
            <translation>„{name}“ eines Auslösers liegt zwischen {low:g} und {high:g}.</translation>
        </message>
        <message>
            <source>A trigger's action must be one of {known}.</source>
            <translation>Die Aktion eines Auslösers ist eine von {known}.</translation>
        </message>
        <message>
            <source>A trigger's text may have at most {most} characters.</source>
            <translation>Der Text eines Auslösers hat höchstens {most} Zeichen.</translation>
        </message>
        <message>
            <source>At most every {rest} s.</source>
            <translation>Höchstens alle {rest} s.</translation>
        </message>
        <message>
            <source>HTTP message {text}</source>
            <translation>HTTP-Nachricht {text}</translation>
        </message>
        <message>
            <source>High</source>
            <translation>Hoch</translation>
        </message>
        <message>
            <source>In '{text}' a quote is not closed.</source>
            <translation>In „{text}“ ist ein Anführungszeichen nicht geschlossen.</translation>
        </message>
        <message>
            <source>It is not JSON.</source>
            <translation>Es ist kein JSON.</translation>
        </message>
        <message>
            <source>Low</source>
            <translation>Tief</translation>
        </message>
        <message>
            <source>Middle</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>OSC message {text}</source>
            <translation>OSC-Nachricht {text}</translation>
        </message>
        <message>
            <source>The OSC message '{text}' cannot be sent: {reason}.</source>
            <translation>Die OSC-Nachricht „{text}“ kann nicht gesendet werden: {reason}.</translation>
        </message>
        <message>
            <source>The action failed ({kind}: {error}).</source>
            <translation>Die Aktion ist fehlgeschlagen ({kind}: {error}).</translation>
        </message>
        <message>
            <source>There is no program '{program}'.</source>
            <translation>Ein Programm „{program}“ gibt es nicht.</translation>
        </message>
        <message>
            <source>Triggers send to this computer alone, such as 127.0.0.1, and not to '{host}'.</source>
            <translation>Auslöser senden nur an diesen Rechner, etwa 127.0.0.1, und nicht an „{host}“.</translation>
        </message>
        <message>
            <source>When anyone shows “{expression}” for {hold} s with at least {percent}: {actions}.</source>
            <translation>Zeigt jemand {hold} s lang „{expression}“ mit mindestens {percent}: {actions}.</translation>
        </message>
        <message>
            <source>When {name} shows “{expression}” for {hold} s with at least {percent}: {actions}.</source>
            <translation>Zeigt {name} {hold} s lang „{expression}“ mit mindestens {percent}: {actions}.</translation>
        </message>
        <message>
            <source>Write it like {example}.</source>
            <translation>Schreiben Sie sie wie {example}.</translation>
        </message>
        <message>
            <source>command {text}</source>
            <translation>Befehl {text}</translation>
        </message>
        <message>
            <source>marker</source>
            <translation>Marke</translation>
        </message>
        <message>
            <source>marker “{text}”</source>
            <translation>Marke „{text}“</translation>
        </message>
        <message>
            <source>snapshot</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>sound ({pitch})</source>
            <translation>Ton ({pitch})</translation>
        </message>
        <message>
            <source>start recording</source>
            <translation>Aufnahme starten</translation>
        </message>
        <message>
            <source>stop recording</source>
            <translation>Aufnahme beenden</translation>
        </message>
    </context>
    <context>
        <name>TriggerControl</name>
        <message>
            <source>A trigger in the settings cannot be read and is left out: {reason}</source>
            <translation>Ein Auslöser in den Einstellungen ist nicht lesbar und wird weggelassen: {reason}</translation>
        </message>
        <message>
            <source>A trigger is off, since its command was not confirmed on this computer. Switch it on in Triggers… (Ctrl+T) to see the command.</source>
            <translation>Ein Auslöser ist aus, weil sein Befehl auf diesem Rechner nicht bestätigt wurde. Schalten Sie ihn unter „Auslöser…“ (Strg+T) ein, um den Befehl zu sehen.</translation>
        </message>
        <message>
            <source>Cannot fire: own expressions are hidden. Teach… (Ctrl+Shift+T) shows them</source>
            <translation>Kann nicht auslösen: Eigene Ausdrücke sind ausgeblendet. Beibringen … (Strg+Umschalt+T) zeigt sie</translation>
        </message>
        <message>
            <source>Cannot fire: this expression is not taught</source>
            <translation>Kann nicht auslösen: Dieser Ausdruck ist nicht beigebracht</translation>
        </message>
        <message>
            <source>Fired at {time}: {who}</source>
            <translation>Ausgelöst um {time}: {who}</translation>
        </message>
        <message>
            <source>Fired {count} times, last at {time}: {who}</source>
            <translation>{count}-mal ausgelöst, zuletzt um {time}: {who}</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>On, has not fired yet</source>
            <translation>An, hat noch nicht ausgelöst</translation>
        </message>
        <message>
            <source>Trigger: {reason}</source>
            <translation>Auslöser: {reason}</translation>
        </message>
        <message>
            <source>Triggers fired faster than their actions could run: {count} were left out.</source>
            <translation>Auslöser kamen schneller, als ihre Aktionen ausgeführt wurden: {count} wurden ausgelassen.</translation>
        </message>
        <message>
            <source>◆ Triggers: {count}</source>
            <translation>◆ Auslöser: {count}</translation>
        </message>
        <message>
            <source>◆ {who}: {expression}</source>
            <translation>◆ {who}: {expression}</translation>
        </message>
    </context>
    <context>
        <name>TriggerEditor</name>
        <message>
            <source>&amp;Held for</source>
            <translation>&amp;Dauer</translation>
        </message>
        <message>
            <source>&amp;Person</source>
            <translation>&amp;Person</translation>
        </message>
        <message>
            <source>&amp;Recording</source>
            <translation>Auf&amp;nahme</translation>
        </message>
        <message>
            <source>A name that you gave in the window, in upper or lower case; empty for anyone</source>
            <translation>Ein Name, den Sie im Fenster vergeben haben, groß oder klein geschrieben; leer für alle</translation>
        </message>
        <message>
            <source>Add a &amp;marker</source>
            <translation>&amp;Marke setzen</translation>
        </message>
        <message>
            <source>Anyone</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>At &amp;least</source>
            <translation>M&amp;indestens</translation>
        </message>
        <message>
            <source>At most &amp;every</source>
            <translation>Höchstens &amp;alle</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>E&amp;xpression</source>
            <translation>A&amp;usdruck</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>Ohne Grenze</translation>
        </message>
        <message>
            <source>Number and expression</source>
            <translation>Nummer und Ausdruck</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Play a so&amp;und</source>
            <translation>&amp;Ton spielen</translation>
        </message>
        <message>
            <source>Program and arguments</source>
            <translation>Programm und Argumente</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Run a &amp;command</source>
            <translation>&amp;Befehl ausführen</translation>
        </message>
        <message>
            <source>Runs without a shell, with FER_EXPRESSION, FER_NAME and FER_VALUE in its environment</source>
            <translation>Findet FER_EXPRESSION, FER_NAME und FER_VALUE in seiner Umgebung; keine Shell liest ihn</translation>
        </message>
        <message>
            <source>Send &amp;OSC</source>
            <translation>&amp;OSC senden</translation>
        </message>
        <message>
            <source>Send H&amp;TTP</source>
            <translation>&amp;HTTP senden</translation>
        </message>
        <message>
            <source>Sends expression, name and value as JSON by POST; with GET before the address, it sends a GET without them</source>
            <translation>Sendet Ausdruck, Name und Wert als JSON mit POST; mit GET vor der Adresse wird sie nur abgerufen</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Starten</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Take a &amp;snapshot</source>
            <translation>&amp;Foto speichern</translation>
        </message>
        <message>
            <source>Then</source>
            <translation>Dann</translation>
        </message>
        <message>
            <source>Trigger</source>
            <translation>Auslöser</translation>
        </message>
        <message>
            <source>Values after the address are sent as they are; without any, it sends expression, name and value</source>
            <translation>Werte hinter der Adresse werden unverändert gesendet; ohne Werte: Ausdruck, Name und Wert</translation>
        </message>
    </context>
    <context>
        <name>TriggersDialog</name>
        <message>
            <source>&amp;Add…</source>
            <translation>&amp;Hinzufügen…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>&amp;Edit…</source>
            <translation>&amp;Bearbeiten…</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>&amp;Try on the last minute</source>
            <translation>&amp;An der letzten Minute erproben</translation>
        </message>
        <message>
            <source>A trigger fires when somebody holds an expression for a while. It follows the label over the face, not single frames, and ignores uncertain faces. For an expression of your own, it follows the value.</source>
            <translation>Ein Auslöser löst aus, wenn jemand einen Ausdruck eine Weile hält. Er richtet sich nach der Beschriftung über dem Gesicht, nicht nach einzelnen Bildern, und übergeht unsichere Gesichter. Bei einem eigenen Ausdruck richtet er sich nach dessen Wert.</translation>
        </message>
        <message>
            <source>There is no trigger yet. Add one, such as a marker whenever anyone is happy.</source>
            <translation>Noch gibt es keinen Auslöser. Fügen Sie einen hinzu, etwa eine Marke, sobald jemand fröhlich ist.</translation>
        </message>
        <message>
            <source>Triggers</source>
            <translation>Auslöser</translation>
        </message>
    </context>
    <context>
        <name>VideoView</name>
        <message>
            <source>Drop to open</source>
            <translation>Loslassen zum Öffnen</translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation>Wird geladen…</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Paused at {position}.</source>
            <translation>Angehalten bei {position}.</translation>
        </message>
        <message>
            <source>Paused – press Space to resume</source>
            <translation>Pause – Leertaste zum Fortsetzen</translation>
        </message>
        <message>
            <source>Paused.</source>
            <translation>Angehalten.</translation>
        </message>
        <message>
            <source>Play again (Space)</source>
            <translation>Noch einmal abspielen (Leertaste)</translation>
        </message>
        <message>
            <source>Playback starts when face detector and model are ready, so that its beginning is analysed too.</source>
            <translation>Die Wiedergabe beginnt, sobald Gesichtsdetektor und Modell bereit sind, damit auch ihr Anfang ausgewertet wird.</translation>
        </message>
        <message>
            <source>Recording: {kept}.</source>
            <translation>Aufnahme: {kept}.</translation>
        </message>
        <message>
            <source>Resume (Space)</source>
            <translation>Fortsetzen (Leertaste)</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Wird gestartet…</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>Waiting for the first frame.</source>
            <translation>Warten auf das erste Bild.</translation>
        </message>
    </context>
    <context>
        <name>VolumeControl</name>
        <message>
            <source>Mute</source>
            <translation>Stummschalten</translation>
        </message>
        <message>
            <source>Sound plays at normal speed only</source>
            <translation>Ton gibt es nur bei normaler Geschwindigkeit</translation>
        </message>
        <message>
            <source>Unmute</source>
            <translation>Ton einschalten</translation>
        </message>
        <message>
            <source>Volume: {percent} %</source>
            <translation>Lautstärke: {percent} %</translation>
        </message>
    </context>
    <context>
        <name>VolumeWidget</name>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
        <message>
            <source>{percent} %</source>
            <translation>{percent} %</translation>
        </message>
    </context>
    <context>
        <name>Web</name>
        <message>
            <source>'{name}' is 0 or 1.</source>
            <translation>„{name}“ ist 0 oder 1.</translation>
        </message>
        <message>
            <source>'{name}' is not of a kind that can be read, such as JPEG, PNG, WebP and HEIC.</source>
            <translation>„{name}“ ist keine Art von Bild, die gelesen wird, wie JPEG, PNG, WebP und HEIC.</translation>
        </message>
        <message>
            <source>'{name}' is not of a kind that can be read: MP4, MOV, WebM, AVI, GIF.</source>
            <translation>„{name}“ ist keine Art von Video, die gelesen wird: MP4, MOV, WebM, AVI, GIF.</translation>
        </message>
        <message>
            <source>At most {count} pictures go into one request.</source>
            <translation>In eine Anfrage gehen höchstens {count} Bilder.</translation>
        </message>
        <message>
            <source>It was read for {time:g} s; the rest was not read.</source>
            <translation>Es wurde {time:g} s lang gelesen, der Rest nicht.</translation>
        </message>
        <message>
            <source>Only the first {count} frames were read.</source>
            <translation>Nur die ersten {count} Einzelbilder wurden gelesen.</translation>
        </message>
        <message>
            <source>Other pages may not use this server.</source>
            <translation>Andere Seiten dürfen diesen Server nicht benutzen.</translation>
        </message>
        <message>
            <source>Send a picture as the body, with its type such as image/jpeg, or pictures as a form (multipart/form-data).</source>
            <translation>Senden Sie ein Bild als Inhalt, mit seinem Typ wie image/jpeg, oder Bilder als Formular (multipart/form-data).</translation>
        </message>
        <message>
            <source>Send a video as the body, with its type such as video/mp4, or a form (multipart/form-data).</source>
            <translation>Senden Sie ein Video als Inhalt, mit seinem Typ wie video/mp4, oder ein Formular (multipart/form-data).</translation>
        </message>
        <message>
            <source>Send one video in the form, as the file 'video'.</source>
            <translation>Senden Sie im Formular ein Video, als Datei „video“.</translation>
        </message>
        <message>
            <source>Something failed in the server; see its log.</source>
            <translation>Im Server ist etwas fehlgeschlagen; sein Protokoll sagt, was.</translation>
        </message>
        <message>
            <source>That cannot be done with this address; the description of the API lists what can.</source>
            <translation>Das geht mit dieser Adresse nicht; die Beschreibung der API nennt, was geht.</translation>
        </message>
        <message>
            <source>That is more than this server takes at once.</source>
            <translation>Das ist mehr, als dieser Server auf einmal nimmt.</translation>
        </message>
        <message>
            <source>The headers of the request are larger than this server takes.</source>
            <translation>Die Kopfzeilen der Anfrage sind größer, als dieser Server sie nimmt.</translation>
        </message>
        <message>
            <source>The picture '{name}' has more than {most:g} MB.</source>
            <translation>Das Bild „{name}“ hat mehr als {most:g} MB.</translation>
        </message>
        <message>
            <source>The picture '{name}' is empty.</source>
            <translation>Das Bild „{name}“ ist leer.</translation>
        </message>
        <message>
            <source>The picture '{name}' needs more memory than there is.</source>
            <translation>Das Bild „{name}“ braucht mehr Speicher, als es gibt.</translation>
        </message>
        <message>
            <source>The request is encoded in a way that this server does not know.</source>
            <translation>Die Anfrage ist auf eine Weise kodiert, die dieser Server nicht kennt.</translation>
        </message>
        <message>
            <source>The request is malformed.</source>
            <translation>Die Anfrage ist fehlerhaft.</translation>
        </message>
        <message>
            <source>The server does not answer such a request.</source>
            <translation>Eine solche Anfrage beantwortet der Server nicht.</translation>
        </message>
        <message>
            <source>The server is being stopped.</source>
            <translation>Der Server wird gerade beendet.</translation>
        </message>
        <message>
            <source>The server is busy; try again in a moment.</source>
            <translation>Der Server ist ausgelastet; versuchen Sie es gleich noch einmal.</translation>
        </message>
        <message>
            <source>The video could not be read.</source>
            <translation>Das Video konnte nicht gelesen werden.</translation>
        </message>
        <message>
            <source>There is no picture in the form; send each as a file, such as 'image'.</source>
            <translation>Im Formular ist kein Bild; senden Sie jedes als Datei, etwa als „image“.</translation>
        </message>
        <message>
            <source>There is no such detector; known are: {known}.</source>
            <translation>Diesen Detektor gibt es nicht; bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no such model; known are: {known}.</source>
            <translation>Dieses Modell gibt es nicht; bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no such page here.</source>
            <translation>Diese Seite gibt es hier nicht.</translation>
        </message>
        <message>
            <source>This server does not answer to that name; --allow-host NAME allows it.</source>
            <translation>Auf diesen Namen antwortet dieser Server nicht; --allow-host NAME erlaubt es.</translation>
        </message>
        <message>
            <source>This server needs its token: send the header 'Authorization: Bearer TOKEN'.</source>
            <translation>Dieser Server verlangt sein Token: Senden Sie die Kopfzeile „Authorization: Bearer TOKEN“.</translation>
        </message>
        <message>
            <source>This took longer than {time:g} s and was stopped; try again later.</source>
            <translation>Das dauerte länger als {time:g} s und wurde abgebrochen; versuchen Sie es später noch einmal.</translation>
        </message>
    </context>
    <context>
        <name>WebPage</name>
        <message>
            <source>1 face</source>
            <translation>1 Gesicht</translation>
        </message>
        <message>
            <source>1 file</source>
            <translation>1 Datei</translation>
        </message>
        <message>
            <source>1 frame</source>
            <translation>1 Einzelbild</translation>
        </message>
        <message>
            <source>1 row</source>
            <translation>1 Zeile</translation>
        </message>
        <message>
            <source>Being read …</source>
            <translation>Wird gelesen …</translation>
        </message>
        <message>
            <source>Browsers allow the camera only on pages of this computer (localhost) or with HTTPS.</source>
            <translation>Browser geben die Kamera nur Seiten dieses Rechners (localhost) oder mit HTTPS.</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Choose pictures or a video…</source>
            <translation>Bilder oder ein Video wählen…</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Download the table (CSV)</source>
            <translation>Tabelle herunterladen (CSV)</translation>
        </message>
        <message>
            <source>Drop pictures or a short video here.</source>
            <translation>Legen Sie hier Bilder oder ein kurzes Video ab.</translation>
        </message>
        <message>
            <source>Face detector</source>
            <translation>Gesichtsdetektor</translation>
        </message>
        <message>
            <source>Face {number}: {what}</source>
            <translation>Gesicht {number}: {what}</translation>
        </message>
        <message>
            <source>Frame {count} of {all} …</source>
            <translation>Einzelbild {count} von {all} …</translation>
        </message>
        <message>
            <source>JPEG, PNG, WebP, HEIC, AVIF, TIFF up to {picture} MB; MP4, MOV, WebM, AVI, GIF up to {video} MB, of which the first {count} frames are read.</source>
            <translation>JPEG, PNG, WebP, HEIC, AVIF, TIFF bis {picture} MB; MP4, MOV, WebM, AVI, GIF bis {video} MB, davon werden die ersten {count} Einzelbilder gelesen.</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>No face was found in this frame.</source>
            <translation>In diesem Einzelbild wurde kein Gesicht gefunden.</translation>
        </message>
        <message>
            <source>No face was found.</source>
            <translation>Es wurde kein Gesicht gefunden.</translation>
        </message>
        <message>
            <source>Person {number}: {what}</source>
            <translation>Person {number}: {what}</translation>
        </message>
        <message>
            <source>Pictures, videos and the camera’s frames go to {where} and nowhere else. It stores nothing of them.</source>
            <translation>Bilder, Videos und die Einzelbilder der Kamera gehen an {where} und sonst nirgendwohin. Es speichert nichts davon.</translation>
        </message>
        <message>
            <source>Place to drop pictures</source>
            <translation>Ablagefläche für Bilder</translation>
        </message>
        <message>
            <source>Reading {name}</source>
            <translation>Liest {name}</translation>
        </message>
        <message>
            <source>Reading {number} of {count}: {name}</source>
            <translation>Liest {number} von {count}: {name}</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <source>Stop the camera</source>
            <translation>Kamera ausschalten</translation>
        </message>
        <message>
            <source>The camera cannot be used: it was not allowed.</source>
            <translation>Die Kamera kann nicht benutzt werden: Es wurde nicht erlaubt.</translation>
        </message>
        <message>
            <source>The camera cannot be used: none was found, or another program uses it.</source>
            <translation>Die Kamera kann nicht benutzt werden: Es wurde keine gefunden, oder ein anderes Programm benutzt sie.</translation>
        </message>
        <message>
            <source>The camera is off.</source>
            <translation>Die Kamera ist aus.</translation>
        </message>
        <message>
            <source>The camera is on. Its frames go to the program that serves this page, and nowhere else.</source>
            <translation>Die Kamera ist an. Ihre Einzelbilder gehen an das Programm, von dem diese Seite kommt, und sonst nirgendwohin.</translation>
        </message>
        <message>
            <source>The program answered {status}.</source>
            <translation>Das Programm antwortete {status}.</translation>
        </message>
        <message>
            <source>The program does not answer. Is it still running?</source>
            <translation>Das Programm antwortet nicht. Läuft es noch?</translation>
        </message>
        <message>
            <source>The table has {rows}.</source>
            <translation>Die Tabelle hat {rows}.</translation>
        </message>
        <message>
            <source>This browser cannot play this video; the program reads it.</source>
            <translation>Dieser Browser kann dieses Video nicht abspielen; das Programm liest es.</translation>
        </message>
        <message>
            <source>This browser cannot show this kind of picture; the program has read it.</source>
            <translation>Dieser Browser kann diese Art von Bild nicht zeigen; das Programm hat es gelesen.</translation>
        </message>
        <message>
            <source>This file is larger than the {size} MB that the program takes.</source>
            <translation>Diese Datei ist größer als die {size} MB, die das Programm nimmt.</translation>
        </message>
        <message>
            <source>This server needs its token.</source>
            <translation>Dieser Server verlangt sein Token.</translation>
        </message>
        <message>
            <source>Uncertain: {why}</source>
            <translation>Unsicher: {why}</translation>
        </message>
        <message>
            <source>Use the camera</source>
            <translation>Kamera benutzen</translation>
        </message>
        <message>
            <source>What to read</source>
            <translation>Was gelesen wird</translation>
        </message>
        <message>
            <source>Which facial expression is visible: seen in a face, not felt. Nobody can read feelings from it.</source>
            <translation>Welcher Gesichtsausdruck zu sehen ist: im Gesicht gesehen, nicht gefühlt. Gefühle kann niemand daraus lesen.</translation>
        </message>
        <message>
            <source>Your camera, as in a mirror</source>
            <translation>Ihre Kamera, wie im Spiegel</translation>
        </message>
        <message>
            <source>not read</source>
            <translation>nicht gelesen</translation>
        </message>
        <message>
            <source>the program at {place}</source>
            <translation>das Programm auf {place}</translation>
        </message>
        <message>
            <source>the program on this computer</source>
            <translation>das Programm auf diesem Rechner</translation>
        </message>
        <message>
            <source>{count} expressions</source>
            <translation>{count} Ausdrücke</translation>
        </message>
        <message>
            <source>{count} faces</source>
            <translation>{count} Gesichter</translation>
        </message>
        <message>
            <source>{count} files</source>
            <translation>{count} Dateien</translation>
        </message>
        <message>
            <source>{count} frames</source>
            <translation>{count} Einzelbilder</translation>
        </message>
        <message>
            <source>{count} rows</source>
            <translation>{count} Zeilen</translation>
        </message>
        <message>
            <source>{failed} of {count} could not be read; each says why.</source>
            <translation>Nicht gelesen: {failed} von {count}; der Grund steht jeweils dabei.</translation>
        </message>
        <message>
            <source>{files} read.</source>
            <translation>{files} gelesen.</translation>
        </message>
        <message>
            <source>{rate} frames a second</source>
            <translation>{rate} Einzelbilder pro Sekunde</translation>
        </message>
        <message>
            <source>{width} × {height} pixels</source>
            <translation>{width} × {height} Pixel</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>An expression is not a feeling: people smile without joy and are sad without showing it. The model is often wrong, and for some faces more often than for others; its card says how often. Do not use it to judge anyone.</source>
            <translation>Ein Ausdruck ist kein Gefühl: Man lächelt ohne Freude und ist traurig, ohne es zu zeigen. Das Modell irrt sich oft, und bei manchen Gesichtern öfter als bei anderen; seine Karte sagt, wie oft. Es taugt nicht dazu, jemanden zu beurteilen.</translation>
        </message>
        <message>
            <source>At work or in education: in the European Union, inferring people’s emotions there is prohibited (AI Act, Article 5(1)(f)). And never without the knowledge of everyone in view.</source>
            <translation>Bei der Arbeit oder in der Bildung: In der Europäischen Union ist es verboten, dort auf die Gefühle von Menschen zu schließen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f). Und nie ohne das Wissen aller, die im Bild sind.</translation>
        </message>
        <message>
            <source>Before you begin</source>
            <translation>Bevor es losgeht</translation>
        </message>
        <message>
            <source>Each face gets a box, a number and the name of the expression visible on it at this moment. A small model reads it from brows, eyes and mouth.</source>
            <translation>Jedes Gesicht bekommt einen Rahmen, eine Nummer und den Namen des Ausdrucks, der gerade auf ihm zu sehen ist. Ein kleines Modell liest ihn aus Brauen, Augen und Mund.</translation>
        </message>
        <message>
            <source>I have read this</source>
            <translation>Gelesen</translation>
        </message>
        <message>
            <source>Nowhere. Everything stays on this computer, and nothing is saved unless you press Record, Analyse or Snapshot. Faces can be blurred, pixelated or covered. Recordings have sound only if you choose a microphone in the settings. Other programs receive numbers only if you switch that on; the status bar then says so.</source>
            <translation>Nirgendwohin. Alles bleibt auf diesem Rechner, und gespeichert wird nur mit „Aufnehmen“, „Auswerten“ oder „Foto“. Gesichter lassen sich weichzeichnen, verpixeln oder verdecken. Ton haben Aufnahmen nur, wenn in den Einstellungen ein Mikrofon gewählt ist. Andere Programme bekommen Zahlen nur, wenn Sie das einschalten; die Statusleiste sagt es dann.</translation>
        </message>
        <message>
            <source>What it cannot know</source>
            <translation>Was es nicht wissen kann</translation>
        </message>
        <message>
            <source>What you will see</source>
            <translation>Was zu sehen ist</translation>
        </message>
        <message>
            <source>Where it must not be used</source>
            <translation>Wo es nicht eingesetzt werden darf</translation>
        </message>
        <message>
            <source>Where the pictures go</source>
            <translation>Wohin die Bilder gehen</translation>
        </message>
        <message>
            <source>You can read this again from the Help menu.</source>
            <translation>Im Menü „Hilfe“ jederzeit wieder zu lesen.</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>The comparison model '{model}' no longer exists; only one model runs.</source>
            <translation>Das Vergleichsmodell „{model}“ gibt es nicht mehr; es läuft nur ein Modell.</translation>
        </message>
        <message>
            <source>{count} more cards are left out; 'realtime-fer models' lists each of them.</source>
            <translation>{count} weitere Karten werden ausgelassen; „realtime-fer models“ nennt jede.</translation>
        </message>
    </context>
</TS>
