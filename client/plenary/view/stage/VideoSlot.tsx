import { useEffect, useRef } from 'preact/hooks';

/** A picture from somebody's camera or screen. Silent: voices come another way. */
export function VideoSlot({ stream, label, fit }: { readonly stream: MediaStream; readonly label: string; readonly fit: 'cover' | 'contain' }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    // As a property: written as an attribute it would not silence what is already there.
    video.muted = true;
    video.srcObject = stream;
    void video.play().catch(() => undefined);
    return () => { video.srcObject = null; };
  }, [stream]);
  return <video ref={element} class={`video video--${fit}`} aria-label={label} playsInline autoplay />;
}
