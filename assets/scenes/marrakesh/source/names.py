NAMES = {}
def write(folder): pass
