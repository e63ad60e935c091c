"""The scene's materials. Colour comes from a texture times the vertex colour, light from a light map or the sky.

Stands in for Geneva's module of this name: the shared modules (pieces, venue) find this one first.
"""
import bpy
import numpy as np

import leaves
import textures
from geometry import TILE

# Metres that one repeat of a texture covers.
TILE.update({'zellige': 1.68, 'dado': 0.6, 'bejmat': 0.9, 'paving': 1.2, 'tadelakt': 2.2, 'pise': 1.8, 'gebs': 0.9, 'cedar': 1.0, 'oak': 1.0,
             'carved': 1.0, 'lattice': 0.5, 'rug': 1.6, 'fabric': 0.25, 'tiles': 1.2, 'water': 3.0, 'marble': 2.2, 'leaf': 1.0})

# material: (roughness, metallic, texture, normal map)
PLAIN = {
    'zellige': (0.30, 0.0, 'zellige', None), 'dado': (0.16, 0.0, 'dado', 'dado_normal'), 'bejmat': (0.62, 0.0, 'bejmat', None),
    'paving': (0.60, 0.0, 'paving', None), 'tadelakt': (0.42, 0.0, 'tadelakt', None), 'pise': (0.92, 0.0, 'pise', None),
    'gebs': (0.85, 0.0, 'gebs', None), 'cedar': (0.50, 0.0, 'cedar', None), 'oak': (0.50, 0.0, 'cedar', None), 'carved': (0.55, 0.0, 'carved', None),
    'lattice': (0.6, 0.0, 'lattice', None), 'rug': (0.95, 0.0, 'rug', None), 'fabric': (0.9, 0.0, 'weave', None), 'tiles': (0.28, 0.0, 'tiles', None),
    'satin': (0.38, 0.0, None, None), 'metal': (0.30, 1.0, None, None), 'leaf': (0.55, 0.0, None, None), 'foliage': (0.6, 0.0, 'foliage', None),
    'matte': (0.9, 0.0, None, None), 'panels': (0.7, 0.0, 'panels', None),
}
MASKED = {'lattice', 'foliage'}
TWO_SIDED = {'lattice', 'foliage', 'leaf'}


def srgb(code):
    """'#rrggbb' as a linear RGB triple."""
    values = [int(code[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


TINT = {
    'white': srgb('#efe6d6'), 'rose': srgb('#dfb295'), 'ochre': srgb('#d9b27c'), 'deep': srgb('#b8755a'), 'earth': srgb('#d8a587'),
    'sand': srgb('#e6cdab'), 'clay': srgb('#a8603f'), 'brass': srgb('#c9a154'), 'dark': srgb('#2a211c'), 'black': srgb('#151312'),
    'green': srgb('#3a6e55'), 'terracotta': srgb('#b3684a'), 'teal': srgb('#2f5d6b'), 'ivory': srgb('#e8dcc4'), 'walnut': (0.55, 0.48, 0.42),
    'bronze': srgb('#5b4a38'), 'steel': srgb('#a8a9ab'), 'soil': srgb('#5a4433'), 'grass': srgb('#7d8a4a'),
}


def picture(name, pixels, data=False):
    """Packs a float array (rows bottom first, sRGB or plain data; RGB or RGBA) as a Blender image."""
    height, width = pixels.shape[:2]
    image = bpy.data.images.new(name, width, height, alpha=pixels.shape[2] == 4, is_data=data)
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., :pixels.shape[2]] = pixels
    image.pixels.foreach_set(rgba.ravel())
    image.pack()
    return image


class Materials:
    """Makes each (material, area) once; a lit area's material names its light map in the custom property `venue`."""

    def __init__(self):
        self.images, self.made = {}, {}

    def image(self, name, data=False):
        if name not in self.images:
            source = leaves if hasattr(leaves, name) else textures
            self.images[name] = picture(name, getattr(source, name)(), data)
        return self.images[name]

    def get(self, name, area=''):
        key = f'{name}-{area}' if area else name
        if key in self.made:
            return self.made[key]
        roughness, metallic, texture, normal = PLAIN[name]
        material = bpy.data.materials.new(key)
        material.use_nodes = True
        nodes, links = material.node_tree.nodes, material.node_tree.links
        shader = nodes['Principled BSDF']
        shader.inputs['Roughness'].default_value = roughness
        shader.inputs['Metallic'].default_value = metallic
        colour = nodes.new('ShaderNodeVertexColor')
        colour.layer_name = 'Color'
        socket = colour.outputs['Color']
        if texture:
            image = nodes.new('ShaderNodeTexImage')
            image.image = self.image(texture)
            mix = nodes.new('ShaderNodeMix')
            mix.data_type, mix.blend_type = 'RGBA', 'MULTIPLY'
            mix.inputs['Factor'].default_value = 1.0
            links.new(image.outputs['Color'], mix.inputs['A'])
            links.new(socket, mix.inputs['B'])
            socket = mix.outputs['Result']
            if name in MASKED:
                cut = nodes.new('ShaderNodeMath')
                cut.operation = 'GREATER_THAN'
                cut.inputs[1].default_value = 0.4
                links.new(image.outputs['Alpha'], cut.inputs[0])
                links.new(cut.outputs[0], shader.inputs['Alpha'])
        if normal:
            self._normal(material, shader, normal)
        links.new(socket, shader.inputs['Base Color'])
        material.use_backface_culling = name not in TWO_SIDED
        self.made[key] = material
        return material

    def _normal(self, material, shader, name):
        nodes, links = material.node_tree.nodes, material.node_tree.links
        image = nodes.new('ShaderNodeTexImage')
        image.image = self.image(name, True)
        image.image.colorspace_settings.name = 'Non-Color'
        bump = nodes.new('ShaderNodeNormalMap')
        links.new(image.outputs['Color'], bump.inputs['Color'])
        links.new(bump.outputs['Normal'], shader.inputs['Normal'])

    def water(self):
        """Still water: a dark, half clear film that mirrors the sky."""
        if 'water' in self.made:
            return self.made['water']
        material = bpy.data.materials.new('water')
        material.use_nodes = True
        shader = material.node_tree.nodes['Principled BSDF']
        shader.inputs['Base Color'].default_value = (0.012, 0.080, 0.082, 1)
        shader.inputs['Roughness'].default_value = 0.04
        shader.inputs['Alpha'].default_value = 0.62
        self._normal(material, shader, 'ripples')
        material.use_backface_culling = True
        self.made['water'] = material
        return material

    def glowing(self, name, colour, strength, image=None):
        """An emissive material (lamps, screens, the view); its base colour is black."""
        if name in self.made:
            return self.made[name]
        material = bpy.data.materials.new(name)
        material.use_nodes = True
        nodes, links = material.node_tree.nodes, material.node_tree.links
        shader = nodes['Principled BSDF']
        shader.inputs['Base Color'].default_value = (0, 0, 0, 1)
        shader.inputs['Roughness'].default_value = 1.0
        shader.inputs['Specular IOR Level'].default_value = 0.0
        shader.inputs['Emission Color'].default_value = (*colour, 1)
        shader.inputs['Emission Strength'].default_value = strength
        if image:
            node = nodes.new('ShaderNodeTexImage')
            node.image, node.extension = image, 'EXTEND'
            links.new(node.outputs['Color'], shader.inputs['Emission Color'])
        material.use_backface_culling = True
        self.made[name] = material
        return material
