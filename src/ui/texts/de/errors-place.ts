import type { placeCatalog } from '../../../core/error-catalog-place.ts';
import type { Sentences } from '../../../core/errors.ts';

export const placeErrors: Readonly<Record<keyof typeof placeCatalog, Sentences>> = {
  'place/unfinished': {
    what: 'In diesem Ordner wurde begonnen, Originale zu ersetzen, und nicht zu Ende geführt.',
    why: 'Einige Dateien können neu und einige alt sein; der Sicherungsordner darin weiß, welche.',
    todo: 'Setzen Sie es zuerst fort oder stellen Sie die Originale wieder her (--in-place --resume oder --roll-back; auf der Seite: Fortsetzen oder Originale wiederherstellen).',
  },
  'place/undo-kept': {
    what: 'Der Ordner enthält noch die Originale eines früheren Ersetzens.',
    why: 'Sie liegen in _efface-undo-do-not-share, bis jemand sagt, dass sie gelöscht werden dürfen.',
    todo: 'Schließen Sie es ab (die Sicherungen werden gelöscht) oder stellen Sie die Originale wieder her; dann beginnen Sie neu.',
  },
  'place/damaged': {
    what: 'Der Sicherungsordner ist nicht zu verstehen; es wurde nichts geändert.',
    why: 'Sein Protokoll fehlt oder ist beschädigt, während Sicherungen da sind.',
    todo: 'Kopieren Sie die Originale aus seinem Ordner „backup“ von Hand, bevor Sie ihn löschen.',
  },
  'place/cannot-roll-back': {
    what: 'Die Originale können nicht mehr wiederhergestellt werden; es wurde nichts geändert.',
    why: 'Die Sicherung von {files} Dateien fehlt oder ist beschädigt.',
    todo: 'Setzen Sie es stattdessen fort oder holen Sie die Originale von dort, wo sie herkamen.',
  },
  'place/changed': {
    what: 'Eine Datei wurde geändert, während Efface an ihr arbeitete.',
    why: 'Ihre Bytes sind nicht mehr die, die am Anfang gelesen wurden.',
    todo: 'Von ihrer Untersuchung wurde nichts ersetzt. Schließen Sie andere Programme und beginnen Sie neu.',
  },
  'place/stage-lost': {
    what: 'Eine neue Datei ist nicht mehr da oder nicht mehr vollständig.',
    why: 'Der Sicherungsordner wurde geändert, oder der Datenträger ist schadhaft.',
    todo: 'Die Originale ihrer Untersuchung wurden wiederhergestellt. Prüfen Sie den Datenträger und beginnen Sie neu.',
  },
  'place/not-as-written': {
    what: 'Eine ersetzte Datei unterscheidet sich von dem, was geschrieben wurde; keine Sicherung wurde gelöscht.',
    why: 'Seitdem geändert oder vom Datenträger verloren: {files} Dateien.',
    todo: 'Stellen Sie die Originale wieder her. Sind die Änderungen von Ihnen, löschen Sie den Sicherungsordner von Hand.',
  },
  'place/visit-incomplete': {
    what: 'Die Untersuchung wurde gelassen, wie sie ist.',
    why: 'Andere Dateien von ihr würden bleiben, wie sie sind ({files}), und können Gesicht oder Namen zeigen.',
    todo: 'Dateien ohne Gesicht daneben schützen niemanden. Verschieben Sie die anderen, oder sagen Sie, dass sie bleiben dürfen (--leave-rest).',
  },
  'place/rest-stays': {
    what: 'Die Untersuchung ist nicht als Ganzes ohne Gesicht.',
    why: 'Andere Dateien von ihr blieben, wie sie waren ({files}), und können Gesicht oder Namen zeigen.',
    todo: 'Geben Sie den Ordner nicht weiter, bevor sie fort sind.',
  },
  'place/names': {
    what: 'Namen von Dateien oder Ordnern verraten den Patienten; es wurde nichts geändert.',
    why: 'Ein Wort, eine Nummer oder UID des Headers steht in {names} von ihnen.',
    todo: 'Benennen Sie sie um, lassen Sie Efface das tun (--rename) oder behalten Sie sie wissentlich (--keep-names).',
  },
  'place/beside-stays': {
    what: '{files} Dateien des Datensatzes bleiben, wie sie sind.',
    why: 'Sie sind keine Bilder, und BIDS sagt nicht, was in ihnen steht, oder sie sind Originale (sourcedata).',
    todo: 'Sehen Sie sie an, bevor Sie den Ordner weitergeben, oder nehmen Sie sie heraus.',
  },
  'place/root-name': {
    what: 'Der Name des Ordners selbst verrät den Patienten.',
    why: 'Er enthält ein Wort, eine Nummer oder UID des Headers, und Efface benennt nur um, was darin liegt.',
    todo: 'Benennen Sie den Ordner um, bevor Sie ihn weitergeben.',
  },
  'place/names-unchecked': {
    what: 'Die Namen von {files} NIfTI-Dateien konnten nicht geprüft werden.',
    why: 'NIfTI-Header enthalten keinen Namen zum Vergleich, und die Dateinamen sind keine BIDS-Kürzel.',
    todo: 'Sehen Sie die Namen an, bevor Sie die Dateien weitergeben, oder verwenden Sie --rename.',
  },
  'place/hard-link': {
    what: 'Dateien haben anderswo einen zweiten Namen ({files}).',
    why: 'Ein harter Link behält die alte Datei unter ihrem anderen Namen, mit Gesicht und Namen.',
    todo: 'Suchen und löschen Sie die anderen Namen, bevor Sie den Datenträger weitergeben.',
  },
  'place/directory': {
    what: 'Die DICOMDIR wurde weggenommen.',
    why: 'Sie zählt Namen auf und würde zu den neuen Dateien nicht passen.',
    todo: 'Sie brauchen nichts zu tun: Mit den Originalen kommt sie zurück, und eine neue lässt sich erzeugen.',
  },
  'place/undo-input': {
    what: 'Der Sicherungsordner wird nie geöffnet.',
    why: 'Er enthält Gesichter und Namen, um sie zurückzulegen und zu nichts anderem.',
    todo: 'Öffnen Sie den Ordner, in dem er liegt.',
  },
  'place/archive': {
    what: 'In einem ZIP-Archiv können Originale nicht ersetzt werden.',
    why: 'Seine Dateien liegen eine hinter der anderen; es muss ein neues geschrieben werden.',
    todo: 'Entpacken Sie es oder schreiben Sie ein neues mit --out DATEI.zip.',
  },
  'place/link': {
    what: 'Einer Verknüpfung wurde nicht gefolgt.',
    why: 'Originale werden nie durch eine Verknüpfung hindurch ersetzt.',
    todo: 'Öffnen Sie die Stelle, zu der sie führt, wenn Sie die Scans dort wollen.',
  },
  'place/no-space': {
    what: 'Es ist nicht genug Platz; die Originale sind, wie sie waren.',
    why: 'Neue Dateien werden ganz geschrieben, bevor das erste Original berührt wird.',
    todo: 'Schaffen Sie {megabytes} MB Platz oder verwenden Sie --out mit einem anderen Datenträger.',
  },
  'place/not-allowed': {
    what: 'Der Ordner kann nicht geändert werden; die Originale sind, wie sie waren.',
    why: 'Darin zu schreiben ist nicht erlaubt, oder der Datenträger ist schreibgeschützt.',
    todo: 'Ändern Sie die Berechtigung oder speichern Sie anderswo.',
  },
  'place/busy': {
    what: 'Eine Datei wird von einem anderen Programm benutzt; die Originale sind, wie sie waren.',
    why: 'Sie blieb auch nach mehreren Versuchen gesperrt.',
    todo: 'Schließen Sie Betrachter und andere Programme und beginnen Sie neu.',
  },
  'place/refused': {
    what: 'Der Browser hat eine Datei nicht schreiben lassen; die Originale sind, wie sie waren.',
    why: 'Eine Prüfung des Browsers oder ein Virenscanner hat es verhindert.',
    todo: 'Speichern Sie stattdessen als ZIP oder in einen anderen Ordner.',
  },
};
