"""Where the sun stands over the scene, for the bake, the trees' colours and the view."""
import math

from mathutils import Vector

AZIMUTH, ELEVATION = math.radians(-115), math.radians(47)   # from +Y, clockwise
COLOUR = (1.0, 0.90, 0.76)
TO_SUN = Vector((math.sin(AZIMUTH) * math.cos(ELEVATION), math.cos(AZIMUTH) * math.cos(ELEVATION), math.sin(ELEVATION)))


def turn():
    """Rotation of a sun lamp."""
    return (-TO_SUN).to_track_quat('-Z', 'Y').to_euler()
