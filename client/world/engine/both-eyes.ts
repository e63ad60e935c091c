/**
 * For vertex shaders of our own: `eyeProjection()`, view times projection of the eye that is drawn. A headset may draw both eyes in one pass (OVR_multiview2); Babylon then
 * defines MULTIVIEW and sends the right eye's matrix as `viewProjectionR` to every material that asks for `viewProjection`.
 */
export const EYE_PROJECTION = `
uniform mat4 viewProjection;
#ifdef MULTIVIEW
uniform mat4 viewProjectionR;
mat4 eyeProjection(void) { return gl_ViewID_OVR == 0u ? viewProjection : viewProjectionR; }
#else
mat4 eyeProjection(void) { return viewProjection; }
#endif
`;
