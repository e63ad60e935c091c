"""The sound of water: a seamless loop, synthesised, and the emitters that play it (KHR_audio_emitter), added to an exported glTF.

    python3 water.py          # water.mp3, kept in the repository; needs ffmpeg

Bubbles after K. van den Doel, "Physically based models for liquid sounds" (ACM TAP 2005): each is a damped sine at the Minnaert frequency
3 / radius (hertz, metres) that rises as the bubble nears the surface. Thousands of them a minute, over the hiss of fine spray, are a fountain.
"""
import base64
import json
import os
import struct
import subprocess
import wave

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, 'water.mp3')
RATE, SECONDS = 32000, 12.0
LEVEL = 10 ** (-27 / 20)   # root mean square; the venue keeps it under voices in any case
SEED = 5
EXTENSION = 'KHR_audio_emitter'
# name of the empty: gain, reference distance and greatest distance in metres
EMITTERS = {'sound-water': (0.55, 4.0, 30.0), 'sound-fountain': (0.40, 1.6, 16.0)}


def _spray(rng, samples):
    """Noise whose end meets its beginning: random phases over a spectrum that falls off on both sides of some 1.4 kHz."""
    hertz = np.fft.rfftfreq(samples, 1 / RATE)
    octaves = np.log2(np.maximum(hertz, 20) / 1400)
    shape = 10 ** (-np.where(octaves < 0, 5.0 * -octaves, 6.5 * octaves) / 20) * (hertz > 120)
    return np.fft.irfft(shape * np.exp(2j * np.pi * rng.random(len(hertz))), samples)


def _swell(rng, samples, depth):
    """Slow, irregular changes of loudness about 1, periodic over the loop."""
    t = np.arange(samples) / samples
    waves = sum(np.sin(2 * np.pi * (k * t + rng.random())) / np.sqrt(k) for k in range(2, 23))
    return 1 + depth * waves / np.abs(waves).max()


def _bubbles(rng, samples, rate, radii, power):
    """`rate` bubbles a second with radii (metres) from `radii`, small ones far more often than large; the loop's end runs into its beginning."""
    out = np.zeros(samples)
    low, high = radii
    count = rng.poisson(rate * samples / RATE)
    uniform = rng.random(count)
    radius = (low ** -power + uniform * (high ** -power - low ** -power)) ** (-1 / power)
    for r, start in zip(radius, rng.integers(0, samples, count)):
        damping = 0.13 / r + 0.0072 * r ** -1.5
        t = np.arange(int(RATE * min(0.25, 7 / damping))) / RATE
        rise = 0.1 * damping * rng.random() ** 2
        phase = 2 * np.pi * (3.0 / r) * (t + rise * t * t / 2)
        loudness = (r / high) ** 1.4 * rng.random() ** 2
        attack = np.minimum(1, t * 3.0 / r)   # one period: no click
        out[(start + np.arange(len(t))) % samples] += loudness * attack * np.exp(-damping * t) * np.sin(phase)
    return out


def loop(seed=SEED):
    """Samples of one turn of the loop, -1..1."""
    rng = np.random.default_rng(seed)
    samples = int(RATE * SECONDS)
    level = lambda x: x / np.sqrt(np.mean(x * x))  # noqa: E731
    spray = level(_spray(rng, samples)) * _swell(rng, samples, 0.35)
    fine = level(_bubbles(rng, samples, 900, (0.00045, 0.0022), 1.6)) * _swell(rng, samples, 0.5)
    drops = level(_bubbles(rng, samples, 70, (0.0016, 0.0060), 1.2)) * _swell(rng, samples, 0.5)
    mixed = level(0.42 * spray + 0.75 * fine + 0.55 * drops) * LEVEL
    return np.tanh(mixed / 0.5) * 0.5   # rare peaks bend instead of standing out


def write(path=FILE):
    """Encodes the loop."""
    raw = path + '.wav'
    with wave.open(raw, 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((loop() * 32767).astype('<i2').tobytes())
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-i', raw, '-map_metadata', '-1', '-b:a', '64k', path], check=True)
    os.remove(raw)


def attach(path, recording=FILE):
    """Lets the empties of EMITTERS in the GLB at `path` sound. The recording becomes a data URI: the binary part stays as it is."""
    with open(path, 'rb') as file:
        data = file.read()
    length, = struct.unpack_from('<I', data, 12)
    gltf, rest = json.loads(data[20:20 + length]), data[20 + length:]
    with open(recording, 'rb') as file:
        uri = 'data:audio/mpeg;base64,' + base64.b64encode(file.read()).decode()
    nodes = {node.get('name'): node for node in gltf['nodes']}
    sources, emitters = [], []
    for name, (gain, near, far) in EMITTERS.items():
        nodes[name].setdefault('extensions', {})[EXTENSION] = {'emitter': len(emitters)}
        emitters.append({'name': name, 'type': 'positional', 'gain': 1, 'sources': [len(sources)],
                         'positional': {'distanceModel': 'inverse', 'refDistance': near, 'maxDistance': far, 'rolloffFactor': 1}})
        sources.append({'name': name, 'gain': gain, 'loop': True, 'autoPlay': True, 'audio': 0})
    gltf.setdefault('extensions', {})[EXTENSION] = {'audio': [{'name': 'water', 'uri': uri}], 'sources': sources, 'emitters': emitters}
    gltf['extensionsUsed'] = sorted({*gltf.get('extensionsUsed', ()), EXTENSION})
    text = json.dumps(gltf, ensure_ascii=False, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 4)
    with open(path, 'wb') as file:
        file.write(struct.pack('<III', 0x46546C67, 2, 20 + len(text) + len(rest)) + struct.pack('<II', len(text), 0x4E4F534A) + text + rest)


if __name__ == '__main__':
    write()
    print(f'{os.path.getsize(FILE)} bytes')
